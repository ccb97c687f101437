-- A comment; with a semicolon.
ALTER TABLE a ADD COLUMN t TEXT;
UPDATE a SET n = n + 1;
