-- 0006-street-lines.sql — streets as lines, for who draws an area along them
--
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A file of them is an edition: written bit by bit, in force from one moment on, and gone bit by bit after the next.
CREATE TABLE street_editions (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL             -- staging, current (one at most), past
);

CREATE TABLE street_lines (
  edition TEXT NOT NULL,
  place BIGINT NOT NULL,          -- in the file
  name TEXT NOT NULL,
  line TEXT NOT NULL,             -- [[lon,lat],…]
  west DOUBLE PRECISION NOT NULL, -- the box around it
  east DOUBLE PRECISION NOT NULL,
  south DOUBLE PRECISION NOT NULL,
  north DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (edition, place)
);
CREATE INDEX street_lines_box ON street_lines (edition, west, east, south, north);
