-- 0008: copied passages: what reports have in common, word by word. Everything here is worked out from the
-- texts of the newest reports, and goes with them.

-- The word 5-grams of a report's body, as numbers.
CREATE TABLE fingerprint (
  report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,  -- report
  text_sha256 TEXT NOT NULL,      -- text that they were made of
  body_start INTEGER NOT NULL,    -- span of the body then
  body_end INTEGER NOT NULL,      -- end of that span
  grams BLOB NOT NULL             -- four bytes each (little-endian), in the order of the words
) STRICT;

-- Two reports that were compared because they have grams in common; first < second by id.
CREATE TABLE copy_pair (
  first TEXT NOT NULL REFERENCES fingerprint ON DELETE CASCADE,   -- report
  second TEXT NOT NULL REFERENCES fingerprint ON DELETE CASCADE,  -- report
  links TEXT NOT NULL,            -- JSON: [[start, end, start in the second, end, words, words in the second, words that agree, grams in common, of them in quotations, outside of them and not mostly names, [[first gram outside of quotations, the same in the second, how many], ...]], ...]
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_pair_second ON copy_pair (second);

-- Reports that share passages.
CREATE TABLE copy_cluster (
  cluster_id TEXT PRIMARY KEY,    -- hash of its kind and first passage
  kind TEXT NOT NULL,             -- copied, quoted or boilerplate
  reports INTEGER NOT NULL,       -- how many reports
  outlets INTEGER NOT NULL,       -- of how many outlets that are known
  owners INTEGER NOT NULL,        -- of how many owners: outlets of one owner count once
  chars INTEGER NOT NULL          -- characters of the passages in the first report
) STRICT, WITHOUT ROWID;

-- A passage of a cluster in one of its reports.
CREATE TABLE copied_passage (
  cluster_id TEXT NOT NULL REFERENCES copy_cluster ON DELETE CASCADE,  -- cluster
  position INTEGER NOT NULL,      -- place in the cluster, from 0: reports by date, those without one last
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report
  start INTEGER NOT NULL,         -- first character
  end INTEGER NOT NULL,           -- after its last character
  partner_id TEXT REFERENCES report ON DELETE SET NULL,  -- report it was laid beside: of those before it the one that shares most; NULL: the first of its cluster
  partner_start INTEGER,          -- the passage there
  partner_end INTEGER,            -- end of that span
  alike REAL,                     -- share of the words that agree with the partner's
  PRIMARY KEY (cluster_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX copied_passage_report ON copied_passage (report_id, start);
CREATE INDEX copied_passage_partner ON copied_passage (partner_id);
