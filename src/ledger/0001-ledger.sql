-- 0001-ledger.sql — what the commit path keeps and the feed reads
--
-- Written once for SQLite and PostgreSQL.  Times are BIGINT milliseconds since 1970 UTC,
-- ids UUID text, bodies JSON text.
--
-- SPDX-License-Identifier: GPL-3.0-or-later

-- One row: which store this is.
CREATE TABLE store (
  id TEXT NOT NULL,               -- a UUID, new after a restore
  made_at BIGINT NOT NULL,
  key BIGINT NOT NULL,            -- the key that was current then …
  mark BYTEA NOT NULL             -- … and a hash with it: which key file the store belongs to
);

-- What happened, append-only, chained.  `data` holds the public members; `boxes`
-- names those sealed apart, with their hashes.
CREATE TABLE events (
  seq BIGINT PRIMARY KEY,         -- no holes
  verb TEXT NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  at BIGINT NOT NULL,
  entered_at BIGINT NOT NULL,
  by_user TEXT,                   -- NULL: the server itself
  by_unit TEXT,
  data TEXT NOT NULL,
  boxes TEXT NOT NULL,            -- `FIELD BOX HASH` a line
  key BIGINT NOT NULL,            -- of the chain
  hash BYTEA NOT NULL
);
CREATE INDEX events_object ON events (object, seq);

-- Private members, each sealed once under its object's own key.  Erased by age together with that key.
CREATE TABLE boxes (
  id TEXT PRIMARY KEY,
  object TEXT NOT NULL,
  field TEXT NOT NULL,
  sealed BYTEA NOT NULL
);
CREATE INDEX boxes_object ON boxes (object);

CREATE TABLE object_keys (
  object TEXT PRIMARY KEY,
  wrapped BYTEA NOT NULL          -- by the key file; names the key that wrapped it
);

-- The state of each object, derived from its events: equal byte for byte when rebuilt.
CREATE TABLE objects (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  code TEXT,                      -- unit, category: code; staff: sign-in name; policy: version; else NULL
  seq BIGINT NOT NULL,            -- of its last event: where it stands in the feed
  version BIGINT NOT NULL,
  closed_at BIGINT,               -- NULL while it is open
  readers TEXT NOT NULL,          -- who sees it now, a blank around each: the audience's open rows, for the feed
  body TEXT NOT NULL,             -- what a reader gets
  inside TEXT NOT NULL            -- what stays in the house
);
CREATE UNIQUE INDEX objects_code ON objects (kind, code) WHERE code IS NOT NULL;
CREATE UNIQUE INDEX objects_seq ON objects (seq);
CREATE INDEX objects_reference ON objects (seq) WHERE kind <> 'order';

-- What orders are searched by, in clear, beside their bodies; erased with the boxes.
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  account TEXT,
  address TEXT,
  text TEXT,
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  phone BYTEA,                    -- keyed hash of the normal form of the caller's telephone
  caller TEXT                     -- the box of the caller
);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE INDEX orders_received ON orders (received_at, id);
CREATE INDEX orders_account ON orders (account) WHERE account IS NOT NULL;
CREATE INDEX orders_phone ON orders (phone) WHERE phone IS NOT NULL;

-- Who hears of an object, from which event on, and up to which (NULL: still).
CREATE TABLE audience (
  object TEXT NOT NULL,
  reader TEXT NOT NULL,
  from_seq BIGINT NOT NULL,
  to_seq BIGINT,
  PRIMARY KEY (object, reader, from_seq)
);
CREATE INDEX audience_left ON audience (reader, to_seq) WHERE to_seq IS NOT NULL;

-- When the next clock of an object runs out.  With several servers one of them claims a row for a while.
CREATE TABLE schedule (
  object TEXT PRIMARY KEY,
  due BIGINT NOT NULL,
  owner TEXT,
  until BIGINT
);
CREATE INDEX schedule_due ON schedule (due);

-- The first answer to each command, refusals too, for 90 days.
CREATE TABLE answers (
  id TEXT PRIMARY KEY,            -- of the command
  by_user TEXT NOT NULL,
  key BIGINT NOT NULL,
  digest BYTEA NOT NULL,          -- keyed, of the command as sent
  answer TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX answers_at ON answers (at);

-- The last number given on each day of the utility's zone.
CREATE TABLE numbers (
  day TEXT PRIMARY KEY,           -- 20261124
  last BIGINT NOT NULL
);
