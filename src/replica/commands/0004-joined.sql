-- 0004-joined.sql — two commands that are one act go in one request
--
-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE commands ADD COLUMN joined BIGINT; -- 1: in one request with the one before it about the same object
