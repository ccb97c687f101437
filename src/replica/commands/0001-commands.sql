-- 0001-commands.sql — the commands that wait for the server's answer
--
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE commands (
  place BIGINT PRIMARY KEY,       -- in the order in which they were given
  id TEXT NOT NULL UNIQUE,        -- the command's
  chain TEXT NOT NULL,            -- the object's that it is about
  body TEXT NOT NULL,             -- JSON, as it is sent
  given_at BIGINT NOT NULL,       -- server's time
  problem TEXT                    -- JSON of the refusal
);
