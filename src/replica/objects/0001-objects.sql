-- 0001-objects.sql — the objects that a desk's user may see, and how far the feed was read
--
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE objects (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  seq BIGINT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL              -- JSON, as it came
);

-- One row.
CREATE TABLE position (
  seq BIGINT NOT NULL,
  store TEXT,                     -- the server's store and the reader's view, as the feed named them
  view TEXT,
  reader TEXT                     -- JSON {"id","name","role","unit"}
);
INSERT INTO position (seq) VALUES (0);
