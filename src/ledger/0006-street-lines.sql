-- 0006-street-lines.sql — streets as lines, for who draws an area along them
--
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A file of them takes the place of all that were there.
CREATE TABLE street_lines (
  id BIGINT PRIMARY KEY,          -- its place in the file
  name TEXT NOT NULL,
  line TEXT NOT NULL,             -- [[lon,lat],…]
  west DOUBLE PRECISION NOT NULL, -- the box around it
  east DOUBLE PRECISION NOT NULL,
  south DOUBLE PRECISION NOT NULL,
  north DOUBLE PRECISION NOT NULL
);
CREATE INDEX street_lines_box ON street_lines (west, east, south, north);
