-- 0009: outlets through which words reached a report, as the report says itself.
--
-- Findings of earlier versions have none; `sayso refresh` makes them.

CREATE TABLE relay (
  relay_id TEXT PRIMARY KEY,      -- content id
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report that says so
  position INTEGER NOT NULL,      -- its place among the relays of the report, from 0
  kind TEXT NOT NULL,             -- reported, told, credit or contributed
  outlet TEXT NOT NULL,           -- the outlet's name as printed, without an article
  start INTEGER NOT NULL,         -- first character of the words that say so
  end INTEGER NOT NULL,           -- after the last character
  statement_id TEXT               -- statement that came through it; NULL: the report as a whole
) STRICT, WITHOUT ROWID;
CREATE INDEX relay_report ON relay (report_id, position);
CREATE INDEX relay_statement ON relay (statement_id) WHERE statement_id IS NOT NULL;
