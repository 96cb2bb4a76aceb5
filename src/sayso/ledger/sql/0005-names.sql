-- 0005: who is who across reports.
--
-- Names count as before until `sayso read`, `refresh` or `rebuild` has compared them.

-- A name as reports spell it, of a person, an organisation or a speaker, and who it is.
CREATE TABLE name (
  name_no INTEGER PRIMARY KEY,    -- number inside this file only
  name_key TEXT NOT NULL,         -- folded name
  label TEXT NOT NULL DEFAULT '', -- how a person told some of this name apart from the others; empty: the others
  spelling TEXT NOT NULL,         -- how reports spell it most often
  type TEXT,                      -- what reports have it for most often: person, organisation, place, group, unnamed; NULL: it is perhaps no name
  reports INTEGER NOT NULL DEFAULT 0,  -- in how many reports it stands; 0: only a judgement or the alias table has it
  identity_id TEXT NOT NULL,      -- who it is: names that are one have one
  keyed TEXT,                     -- type and spelling by which it was compared; NULL: not yet
  state INTEGER NOT NULL DEFAULT 3  -- 0: settled; 1: to be grouped, 2: and compared, 3: and counted
) STRICT;
CREATE UNIQUE INDEX name_of ON name (name_key, label);
CREATE INDEX name_identity ON name (identity_id);
CREATE INDEX name_unsettled ON name (state) WHERE state > 0;

-- Which names are compared: those that have a block in common, unless it is too large.
CREATE TABLE name_block (
  block INTEGER NOT NULL,         -- hash of a block key
  name_no INTEGER NOT NULL,       -- a name in it
  PRIMARY KEY (block, name_no)
) STRICT, WITHOUT ROWID;

-- Two names that are alike.
CREATE TABLE name_pair (
  first INTEGER NOT NULL,         -- name_no, the smaller
  second INTEGER NOT NULL,        -- name_no
  score REAL NOT NULL,            -- 0 to 1
  firm INTEGER NOT NULL,          -- 1: they are one unless something contradicts it; 0: doubtful
  acronym INTEGER NOT NULL DEFAULT 0,  -- what reports must show before the pair is firm, by number (records/evidence.py); 1: that one is an acronym of the other
  beside INTEGER NOT NULL DEFAULT 0,  -- 1: one report has both and takes them for two
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_pair_second ON name_pair (second);

-- In which reports a name is not that of the others, by somebody's judgement.
CREATE TABLE name_label (
  report_id TEXT NOT NULL,        -- report; it need not be in this ledger
  name_key TEXT NOT NULL,         -- folded name
  label TEXT NOT NULL,            -- label of the name there
  PRIMARY KEY (report_id, name_key)
) STRICT, WITHOUT ROWID;

-- Identities that went into others.
CREATE TABLE identity_redirect (
  identity_id TEXT PRIMARY KEY,   -- one that has no name any more
  into_id TEXT NOT NULL           -- the one that has most of them
) STRICT, WITHOUT ROWID;

-- People's decisions; judgements.jsonl is the record.
CREATE TABLE judgement (
  judgement_id TEXT PRIMARY KEY,  -- content id
  judged_at TEXT NOT NULL,        -- moment
  author TEXT NOT NULL,           -- who decided
  kind TEXT NOT NULL,             -- merge, split, rename, correct, same and others
  body TEXT NOT NULL,             -- JSON: what was decided
  reason TEXT,                    -- why, in their words
  is_active INTEGER NOT NULL      -- 0: undone
) STRICT, WITHOUT ROWID;

-- What holds of two names: the last that was decided on them.
CREATE TABLE name_decision (
  first INTEGER NOT NULL,         -- name_no, the smaller
  second INTEGER NOT NULL,        -- name_no
  verdict TEXT NOT NULL,          -- together, apart or unsure
  rank INTEGER NOT NULL,          -- which goes before: larger is later
  judgement_id TEXT,              -- judgement; NULL: the alias table
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_decision_second ON name_decision (second);

-- Names that a person gave.
CREATE TABLE name_shown (
  name_no INTEGER PRIMARY KEY,    -- a name of somebody
  shown TEXT NOT NULL,            -- how they are shown
  rank INTEGER NOT NULL           -- the largest holds, where several names of one have one
) STRICT;

-- What a name is also used for, by the alias table: a capital for a government. It joins nobody.
CREATE TABLE name_stands_for (
  name_key TEXT NOT NULL,         -- folded name
  stands_for TEXT NOT NULL,       -- as written there
  PRIMARY KEY (name_key, stands_for)
) STRICT, WITHOUT ROWID;

INSERT INTO name (name_key, spelling, identity_id)
SELECT name_key, min(name), make_identity_id(name_key, '', 0) FROM (
  SELECT name_key, name FROM local_entity WHERE type IN ('person', 'organisation')
  UNION ALL SELECT name_key, name FROM statement_speaker
) GROUP BY name_key;

ALTER TABLE statement_speaker ADD COLUMN name_no INTEGER;  -- who it is across reports
ALTER TABLE local_entity ADD COLUMN name_no INTEGER;  -- who it is across reports; NULL: nobody who is looked for there
UPDATE statement_speaker SET name_no = (SELECT n.name_no FROM name n WHERE n.name_key = statement_speaker.name_key);
UPDATE local_entity SET name_no = (SELECT n.name_no FROM name n WHERE n.name_key = local_entity.name_key)
  WHERE type IN ('person', 'organisation')
    OR name_key IN (SELECT name_key FROM statement_speaker);
DROP INDEX statement_speaker_name;
DROP INDEX statement_speaker_report;
DROP INDEX local_entity_name;
CREATE INDEX statement_speaker_name ON statement_speaker (name_no, report_id);
CREATE INDEX statement_speaker_report ON statement_speaker (report_id, name_no, statement_id);
CREATE INDEX local_entity_name ON local_entity (name_no, report_id, type, name);
