-- 0002-password.sql — what opens the copy while the server is not there: the hash of the last password that the server took
--
-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE position ADD COLUMN password TEXT;
