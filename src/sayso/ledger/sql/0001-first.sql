-- 0001: the first tables of a ledger.
--
-- Everything here can be filled again from the shards and the .jsonl files (`sayso rebuild`). Spans are
-- half-open code-point intervals [start, end) into report_text.text. Moments are UTC, written as
-- 2024-04-14T22:03:00Z, so that they sort as text. What is not known is NULL. Columns said to hold JSON
-- hold it as text: a list of spans is [[start, end], ...].

-- What the ledger knows about itself.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,      -- name of the fact
  value TEXT NOT NULL        -- the fact
) STRICT, WITHOUT ROWID;

-- Every shard whose rows are in this ledger.
CREATE TABLE shard (
  stage TEXT NOT NULL,       -- read or findings
  version TEXT NOT NULL,     -- version of the stage that made it
  shard_id TEXT NOT NULL,    -- name of its folder
  loaded_at TEXT NOT NULL,   -- moment its rows were loaded
  PRIMARY KEY (stage, version, shard_id)
) STRICT, WITHOUT ROWID;

-- One report as an outlet published it.
CREATE TABLE report (
  report_id TEXT PRIMARY KEY,     -- content id
  revision_of TEXT,               -- the report before it at the same address
  superseded_by TEXT,             -- the report after it at the same address, where a newer one stands everywhere it was seen
  is_newest INTEGER NOT NULL DEFAULT 1,  -- 1: the newest text at one of its addresses; only these count
  path TEXT,                      -- file, or file#row, it was first read from
  url TEXT,                       -- address given by the user, a column or the page
  address TEXT,                   -- what revisions go by: a given url, table#id=…, or a stated url with its outlet
  outlet TEXT,                    -- who published it
  outlet_evidence TEXT,           -- JSON: span [start, end] it was read from, or the name of a field
  title TEXT,                     -- headline
  title_start INTEGER,            -- span of the title in the text
  title_end INTEGER,              -- end of that span
  byline TEXT,                    -- who wrote it, as printed
  published_lo TEXT,              -- first moment that fits the printed date
  published_hi TEXT,              -- last second that fits the printed date
  utc_offset TEXT,                -- offset as printed; NULL: none is printed, clock time taken as UTC
  published_precision TEXT,       -- second, minute, hour, day, month, year or interval
  published_evidence TEXT,        -- JSON: span [start, end] it was read from, or the name of a field
  dateline TEXT,                  -- place before the first sentence, as printed
  language TEXT,                  -- ISO 639-1 code
  text_sha256 TEXT NOT NULL,      -- SHA-256 of the text in UTF-8
  body_start INTEGER NOT NULL,    -- span of the body in the text
  body_end INTEGER NOT NULL,      -- end of that span
  read_version TEXT NOT NULL,     -- version of the reader that made this row
  shard_id TEXT NOT NULL,         -- read shard that this row came from
  findings_version TEXT           -- version of the finders whose records are here; NULL: none yet
) STRICT, WITHOUT ROWID;
CREATE INDEX report_outlet ON report (outlet);
CREATE INDEX report_published ON report (published_lo);
CREATE INDEX report_findings ON report (findings_version);

-- The whole normalised text of each report, apart so that lists of reports stay quick.
CREATE TABLE report_text (
  report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,  -- report
  text TEXT NOT NULL              -- NFC, line ends are newlines; header and title included
) STRICT;

-- When and where the bytes of a report were read.
CREATE TABLE sighting (
  sighting_id INTEGER PRIMARY KEY,  -- number of its line in sightings.jsonl
  content_id TEXT NOT NULL,       -- id that the bytes give
  report_id TEXT NOT NULL,        -- report that has this text at this address
  path TEXT NOT NULL,             -- file, or file#row; empty: not known
  address TEXT,                   -- address of the report, as in report
  place TEXT,                     -- what counts as its address for revisions: the address, or else the path of a file
  read_at TEXT NOT NULL           -- moment it was read
) STRICT;
CREATE INDEX sighting_content ON sighting (content_id);
CREATE INDEX sighting_report ON sighting (report_id);
CREATE INDEX sighting_place ON sighting (place);

-- Which reports were seen at which address, in the order of their age: this order makes revisions.
CREATE TABLE report_place (
  place TEXT NOT NULL,            -- as in sighting
  age TEXT NOT NULL,              -- publication, first reading, file, row, id; sorts from old to new
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report
  position INTEGER NOT NULL,      -- 0 for the address it was first seen at
  PRIMARY KEY (place, age)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_place_report ON report_place (report_id);

-- Content that was removed and must never be loaded again.
CREATE TABLE tombstone (
  key TEXT PRIMARY KEY            -- a content id, or a hash of address and text
) STRICT, WITHOUT ROWID;

-- Somebody's words or position as a report gives them.
CREATE TABLE statement (
  statement_no INTEGER PRIMARY KEY,  -- number inside this file only
  statement_id TEXT NOT NULL UNIQUE, -- content id
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  position INTEGER NOT NULL,      -- its place among the statements of the report, from 0
  kind TEXT NOT NULL,             -- direct, indirect or mixed
  content_text TEXT NOT NULL,     -- what is attributed; fragments joined by a space
  content_spans TEXT NOT NULL,    -- JSON: spans of the content
  start INTEGER NOT NULL,         -- first character of the content
  end INTEGER NOT NULL,           -- after its last character
  source_text TEXT,               -- words that name the speaker
  source_spans TEXT,              -- JSON: spans of the source
  cue_text TEXT,                  -- words that attribute: said, according to
  cue_spans TEXT,                 -- JSON: spans of the cue
  stance TEXT,                    -- what the cue does: says, denies, asks and others
  negated INTEGER,                -- 1: the cue is negated
  hypothetical INTEGER,           -- 1: not claimed to have been said
  said_at TEXT,                   -- when it was said, TIMEX3 style
  parent_id TEXT,                 -- statement whose content holds this one
  confidence REAL NOT NULL,       -- 0 to 1
  found_by TEXT NOT NULL,         -- finder or model, and version
  speaker_name TEXT,              -- fullest name of the speaker in this report
  speaker_entity_id TEXT,         -- local entity of the speaker
  speaker_via TEXT,               -- name, pronoun, description, organisation, unnamed or none; NULL: no speaker
  speaker_class TEXT,             -- what kind of source it is
  speaker_chain TEXT,             -- JSON: spans of the mentions that lead to the name
  speaker_members TEXT,           -- JSON: ids of local entities, several for a joint source
  speaker_confidence REAL,        -- 0 to 1
  speaker_key TEXT                -- folded names and spellings of the speakers, for filters
) STRICT;
CREATE INDEX statement_report ON statement (report_id, start);
CREATE INDEX statement_kind ON statement (kind);

-- Who makes a statement: one row a speaker, several for a joint statement.
CREATE TABLE statement_speaker (
  statement_id TEXT NOT NULL REFERENCES statement (statement_id) ON DELETE CASCADE,  -- statement
  position INTEGER NOT NULL,      -- place among its speakers, from 0
  report_id TEXT NOT NULL,        -- report of the statement
  entity_id TEXT,                 -- local entity; NULL: only a description is known
  name TEXT NOT NULL,             -- fullest name in this report
  name_key TEXT NOT NULL,         -- folded name, for grouping
  PRIMARY KEY (statement_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_speaker_name ON statement_speaker (name_key);

-- A number with its bound, as printed.
CREATE TABLE figure (
  figure_id TEXT PRIMARY KEY,     -- content id
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  position INTEGER NOT NULL,      -- its place among the figures of the report, from 0
  start INTEGER NOT NULL,         -- first character, bound words included
  end INTEGER NOT NULL,           -- after its last character
  text TEXT NOT NULL,             -- the characters of the span
  value NUMERIC,                  -- magnitude words applied; NULL for vague figures and ranges
  value_lo NUMERIC,               -- least value that words and rounding allow; NULL: open
  value_hi NUMERIC,               -- largest value that words and rounding allow; NULL: open
  bound TEXT NOT NULL,            -- exact, at_least, more_than, at_most, less_than, about, almost, range or vague
  measure TEXT,                   -- what is measured: killed, wounded, money
  counted TEXT,                   -- what is counted: residents, houses
  subset_of TEXT,                 -- figure_id of the whole that this is a part of
  place TEXT,                     -- where it holds
  mode TEXT,                      -- cumulative, period or incident
  since TEXT,                     -- words for the day that it counts from
  as_of_lo TEXT,                  -- first ISO day it holds for
  as_of_hi TEXT,                  -- last ISO day it holds for
  as_of_basis TEXT,               -- stated, resolved, published or inferred
  statement_id TEXT,              -- innermost statement that holds it; NULL: the outlet's own voice
  found_by TEXT NOT NULL          -- finder or model, and version
) WITHOUT ROWID;
CREATE INDEX figure_report ON figure (report_id, start);
CREATE INDEX figure_statement ON figure (statement_id);

-- A date in running text.
CREATE TABLE date (
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  position INTEGER NOT NULL,      -- its place among the dates of the report, from 0
  start INTEGER NOT NULL,         -- first character
  end INTEGER NOT NULL,           -- after its last character
  text TEXT NOT NULL,             -- the characters of the span
  value TEXT,                     -- TIMEX3 style
  lo TEXT,                        -- first ISO day
  hi TEXT,                        -- last ISO day
  precision TEXT NOT NULL,        -- day, week, month, quarter, season, year, decade or unresolved
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;

-- A person, organisation, place or group of one report.
CREATE TABLE local_entity (
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it is found in
  entity_id TEXT NOT NULL,        -- id, unique in the report
  position INTEGER NOT NULL,      -- its place among the entities of the report, from 0
  name TEXT NOT NULL,             -- fullest name in the report
  type TEXT NOT NULL,             -- person, organisation, place, group or unnamed
  spellings TEXT NOT NULL,        -- JSON: [[spelling, how often], ...]
  roles TEXT NOT NULL,            -- JSON: [[words, start, end], ...] what the report calls it
  name_key TEXT NOT NULL,         -- folded name, for grouping
  PRIMARY KEY (report_id, entity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX local_entity_name ON local_entity (name_key);

-- A mention of a name, pronoun or description.
CREATE TABLE mention (
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  position INTEGER NOT NULL,      -- its place among the mentions of the report, from 0
  start INTEGER NOT NULL,         -- first character
  end INTEGER NOT NULL,           -- after its last character
  text TEXT NOT NULL,             -- the characters of the span
  type TEXT NOT NULL,             -- person, organisation, place, group or unnamed
  entity_id TEXT,                 -- local entity; NULL: unresolved
  form TEXT NOT NULL,             -- name, pronoun or description
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;

-- A report, or one stage of it, that failed.
CREATE TABLE failure (
  shard_stage TEXT NOT NULL,      -- stage of the shard that says so: read or findings
  shard_version TEXT NOT NULL,    -- version of that stage
  shard_id TEXT NOT NULL,         -- name of that shard
  position INTEGER NOT NULL,      -- place in the shard, from 0
  stage TEXT NOT NULL,            -- find, read, parse, or the name of a finder
  error TEXT NOT NULL,            -- class of the error
  message TEXT NOT NULL,          -- what, where, and what to do
  report_id TEXT,                 -- content id; NULL: there were no bytes to make one from
  path TEXT,                      -- file it was about
  findings_of TEXT,               -- report whose findings hold this failure; NULL: a failure to read
  PRIMARY KEY (shard_stage, shard_version, shard_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX failure_report ON failure (report_id);
CREATE INDEX failure_path ON failure (path);
CREATE INDEX failure_findings ON failure (findings_of);

-- A paragraph of title or body, the unit of full-text search.
CREATE TABLE passage (
  passage_id INTEGER PRIMARY KEY, -- number inside this file only
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  start INTEGER NOT NULL,         -- first character
  end INTEGER NOT NULL,           -- after its last character
  text TEXT NOT NULL              -- the characters of the span
) STRICT;
CREATE INDEX passage_report ON passage (report_id, start);

-- Full-text index of passage; rowid is passage_id. The loader adds rows, many at once: a trigger would
-- flush the index to disk for each (measured: 8 times as slow). Deletions, which are rare, are triggers.
CREATE VIRTUAL TABLE passage_search USING fts5(
  text, content='passage', content_rowid='passage_id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
  INSERT INTO passage_search (passage_search, rowid, text)
  VALUES ('delete', old.passage_id, old.text);
END;

-- Full-text index of the contents of statement; rowid is statement_no. Filled as passage_search is.
CREATE VIRTUAL TABLE statement_search USING fts5(
  content_text, content='statement', content_rowid='statement_no',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_removed AFTER DELETE ON statement BEGIN
  INSERT INTO statement_search (statement_search, rowid, content_text)
  VALUES ('delete', old.statement_no, old.content_text);
END;
