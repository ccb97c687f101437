-- 0003-reference.sql — what stands outside the chain: customers, places, files that came in
--
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Names and telephones are sealed under the customer's own key; the rest is in clear, to be searched.
CREATE TABLE customers (
  account TEXT PRIMARY KEY,
  wrapped BYTEA NOT NULL,         -- the customer's key, wrapped by the key file
  name BYTEA,
  phone BYTEA,
  phone_hash BYTEA,               -- keyed, of the normal form
  address TEXT,
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  class TEXT NOT NULL
);
CREATE INDEX customers_phone ON customers (phone_hash) WHERE phone_hash IS NOT NULL;

-- What intake looks addresses up in: each customer's address, and each street by its name.
CREATE TABLE places (
  id TEXT PRIMARY KEY,            -- `/STREET`, or the account
  address TEXT,                   -- NULL for a street
  street TEXT,
  normal TEXT NOT NULL,           -- as it is compared: wd_place_normal()
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  account TEXT
);

-- Every two characters of `normal` that stand together, and the first one behind a `^`.
CREATE TABLE place_grams (
  gram TEXT NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (gram, place)
);

-- Files that came in.  Rows are staged sealed; from `accepted` on they are written whatever happens.
CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  hash TEXT NOT NULL,             -- SHA-256 of the file
  wrapped BYTEA NOT NULL,         -- the key of its staged rows
  state TEXT NOT NULL,            -- staging, accepted, done
  total BIGINT NOT NULL,          -- rows
  changed BIGINT NOT NULL,        -- of them, those that changed something
  at BIGINT NOT NULL
);
CREATE INDEX imports_hash ON imports (kind, hash);

CREATE TABLE import_rows (
  import TEXT NOT NULL,
  line BIGINT NOT NULL,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (import, line)
);
