-- 0004-sessions.sql — who is signed in
--
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Only the hash of a token is kept.  `used` is wall time, `heard`
-- the house's time at which the session's live socket was last heard.
CREATE TABLE sessions (
  hash BYTEA NOT NULL PRIMARY KEY,
  staff TEXT NOT NULL,
  used BIGINT NOT NULL,
  heard BIGINT NOT NULL
);
