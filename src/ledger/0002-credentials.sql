-- 0002-credentials.sql — the passwords of those who sign in: no event, no body
--
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE credentials (
  staff      TEXT PRIMARY KEY,          -- id of the staff member
  hash       TEXT NOT NULL,             -- Argon2id, libsodium's text form
  once       BIGINT NOT NULL DEFAULT 0, -- 1: the first password, its file goes at the first sign-in
  changed_at BIGINT NOT NULL
);
