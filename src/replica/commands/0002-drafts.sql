-- 0002-drafts.sql — what was typed and not yet given
--
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,            -- of the desk's choice; of version 7, so that they sort by age
  body TEXT NOT NULL              -- as its page writes it
);
