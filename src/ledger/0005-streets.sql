-- 0005-streets.sql — streets that are there for their customers alone
--
-- SPDX-License-Identifier: GPL-3.0-or-later

-- 1: put there by itself; 0: as long as an address names it, at the point of one of those.
ALTER TABLE places ADD COLUMN given BIGINT NOT NULL DEFAULT 0;

-- The addresses of a street.
CREATE INDEX places_street ON places (LOWER(street), id) WHERE address IS NOT NULL;
