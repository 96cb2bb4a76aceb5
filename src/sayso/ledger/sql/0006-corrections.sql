-- 0006: what people corrected in reports.
--
-- A correction is a judgement; these tables say where it found its place, and keep what finders found
-- there, so that it can be taken back.

CREATE INDEX judgement_correction ON judgement (json_extract(body, '$.report_id')) WHERE kind = 'correct';

-- Where a correction found its place.
CREATE TABLE correction (
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it is about
  judgement_id TEXT NOT NULL,     -- judgement
  target_id TEXT,                 -- statement_id or figure_id; NULL: nothing is found at its place any more
  PRIMARY KEY (report_id, judgement_id)
) STRICT, WITHOUT ROWID;

-- Records as finders found them, of those that a correction changed or took out.
CREATE TABLE uncorrected (
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report they stand in
  target TEXT NOT NULL,           -- statement or figure
  position INTEGER NOT NULL,      -- its place among those of the report, from 0
  record TEXT NOT NULL,           -- JSON: the record
  PRIMARY KEY (report_id, target, position)
) STRICT, WITHOUT ROWID;
