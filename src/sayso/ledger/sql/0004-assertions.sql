-- 0004: what an outlet states in its own voice.
--
-- Findings of earlier versions have no assertions; `sayso refresh` makes them.

-- A sentence or clause in the outlet's own voice.
CREATE TABLE assertion (
  assertion_no INTEGER PRIMARY KEY,  -- number inside this file only
  assertion_id TEXT NOT NULL UNIQUE, -- content id
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  position INTEGER NOT NULL,      -- its place among the assertions of the report, from 0
  start INTEGER NOT NULL,         -- first character
  end INTEGER NOT NULL,           -- after its last character
  text TEXT NOT NULL              -- the characters of the span
) STRICT;
CREATE INDEX assertion_report ON assertion (report_id, start);

-- Full-text index of assertion; rowid is assertion_no. Filled as passage_search is.
CREATE VIRTUAL TABLE assertion_search USING fts5(
  text, content='assertion', content_rowid='assertion_no',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER assertion_removed AFTER DELETE ON assertion BEGIN
  INSERT INTO assertion_search (assertion_search, rowid, text)
  VALUES ('delete', old.assertion_no, old.text);
END;
