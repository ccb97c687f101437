-- 0003-before.sql — what the user saw when a command was given, to be laid beside what stands there now
--
-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE commands ADD COLUMN before TEXT; -- JSON of the order; NULL for other objects and new ones
