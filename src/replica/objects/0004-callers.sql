-- 0004-callers.sql — who called about what this unit has in hand, sealed, to be telephoned while there is no link
--
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE callers (
  id TEXT PRIMARY KEY,            -- the order's
  sealed TEXT NOT NULL            -- JSON {"name","phone"} under a key of the session's token, which is not on disk here
);
