-- 0012: a saying of a claim says what the first one says, more than that, or a part of it.

ALTER TABLE claim_member ADD COLUMN relation TEXT NOT NULL DEFAULT 'same';  -- same, more or less
