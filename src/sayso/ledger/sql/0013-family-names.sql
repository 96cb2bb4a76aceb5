-- 0013: a family name alone, and who is mostly meant by it.
--
-- Filled when names are linked: from the next `sayso read`, `refresh` or `rebuild` on.

CREATE TABLE family_pair (
  first INTEGER NOT NULL,         -- name_no, the smaller
  second INTEGER NOT NULL,        -- name_no; one of the two is a family name alone
  reports INTEGER NOT NULL,       -- reports that name the other one in full, under any spelling
  of_all INTEGER NOT NULL,        -- reports that name anybody of that family name in full
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
