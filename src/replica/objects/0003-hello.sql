-- 0003-hello.sql — the server's clock as it was last heard, so that what is done after a restart without a link has its time
--
-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE position ADD COLUMN hello TEXT;
