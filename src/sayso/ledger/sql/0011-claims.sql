-- 0011: claims: statements and assertions of different reports that say the same. Everything here is worked
-- out from the records of the newest reports, and goes with them.

-- The sayings of a report by which those of others are found: their telling words, as numbers.
CREATE TABLE claim_print (
  report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,  -- report
  records TEXT NOT NULL,          -- JSON: [[id of a statement or assertion, start, end], ...]
  texts BLOB NOT NULL,            -- eight bytes each (little-endian): which text it is, as in claim_text
  cues BLOB NOT NULL,             -- a byte each: what the cue does with it; 0: an assertion
  flags BLOB NOT NULL,            -- a byte each: 1: in the first person, 2: opens with a pronoun of the third, 3: both
  counts BLOB NOT NULL,           -- a byte each: how many telling words it has
  words BLOB NOT NULL             -- four bytes each (little-endian): the telling words of all, one after the other
) STRICT;

-- What a text says, taken apart: one that may be said elsewhere too.
CREATE TABLE claim_text (
  text_key INTEGER PRIMARY KEY,   -- hash of the text
  vector BLOB NOT NULL,           -- its sentence vector, a byte a number
  proposition TEXT                -- JSON: its words with their roles, figures, days; NULL: not needed yet
) STRICT;

-- How two texts stand to each other, each with what its cue does; first is the lesser by text and cue.
CREATE TABLE claim_decision (
  first INTEGER NOT NULL REFERENCES claim_text ON DELETE CASCADE,   -- text
  first_cue INTEGER NOT NULL,     -- as in claim_print
  second INTEGER NOT NULL REFERENCES claim_text ON DELETE CASCADE,  -- text
  second_cue INTEGER NOT NULL,    -- as in claim_print
  relation TEXT NOT NULL,         -- same, near, or what else was decided
  closeness REAL NOT NULL,        -- cosine of the two vectors
  differences TEXT NOT NULL,      -- JSON: what tells them apart, in words
  PRIMARY KEY (first, first_cue, second, second_cue)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_decision_second ON claim_decision (second);

-- What reports say alike: the saying that came first, and those that say the same.
CREATE TABLE claim (
  claim_id TEXT PRIMARY KEY,      -- hash of its first saying
  sayings INTEGER NOT NULL,       -- how many sayings
  reports INTEGER NOT NULL,       -- in how many reports
  outlets INTEGER NOT NULL,       -- of how many outlets that are known
  owners INTEGER NOT NULL         -- of how many owners: outlets of one owner count once
) STRICT, WITHOUT ROWID;

-- A saying of a claim. Each was compared with the one at position 0.
CREATE TABLE claim_member (
  claim_id TEXT NOT NULL REFERENCES claim ON DELETE CASCADE,  -- claim
  position INTEGER NOT NULL,      -- place in the claim, from 0: by date, those without one last
  record_id TEXT NOT NULL,        -- statement or assertion
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  closeness REAL NOT NULL,        -- cosine of its vector and that of the first; 1 for the first
  basis TEXT NOT NULL,            -- first, verbatim, decided, passage (in one copied passage) or judged
  differences TEXT NOT NULL,      -- JSON: words of one alone and the like, in words
  PRIMARY KEY (claim_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX claim_member_record ON claim_member (record_id);
CREATE INDEX claim_member_report ON claim_member (report_id);

-- A saying that stands to a claim otherwise than by saying the same.
CREATE TABLE claim_pair (
  claim_id TEXT NOT NULL REFERENCES claim ON DELETE CASCADE,  -- claim
  record_id TEXT NOT NULL,        -- statement or assertion
  report_id TEXT NOT NULL REFERENCES report ON DELETE CASCADE,  -- report it stands in
  relation TEXT NOT NULL,         -- what was decided; apart: close, and told apart by the reasons
  closeness REAL NOT NULL,        -- cosine of its vector and that of the first saying
  reasons TEXT NOT NULL,          -- JSON: what tells them apart, in words
  PRIMARY KEY (claim_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_pair_report ON claim_pair (report_id);

-- A report whose records change is gone through again.
CREATE TRIGGER statement_left_claims AFTER DELETE ON statement BEGIN
  DELETE FROM claim_print WHERE report_id = old.report_id;
END;
CREATE TRIGGER statement_joined_claims AFTER INSERT ON statement BEGIN
  DELETE FROM claim_print WHERE report_id = new.report_id;
END;
CREATE TRIGGER assertion_left_claims AFTER DELETE ON assertion BEGIN
  DELETE FROM claim_print WHERE report_id = old.report_id;
END;
CREATE TRIGGER assertion_joined_claims AFTER INSERT ON assertion BEGIN
  DELETE FROM claim_print WHERE report_id = new.report_id;
END;
