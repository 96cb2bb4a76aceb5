-- 0007: which series a figure belongs to: by what it came about, where, and the days it counts from.
--
-- Findings of earlier versions have none of it; `sayso refresh` makes them. `since` holds the words as
-- printed; the days they mean stand in since_lo and since_hi.

ALTER TABLE figure ADD COLUMN place_start INTEGER;  -- first character of place; NULL: not printed in the report
ALTER TABLE figure ADD COLUMN place_end INTEGER;  -- after its last character
ALTER TABLE figure ADD COLUMN event TEXT;  -- by what it came about, as printed, without its article
ALTER TABLE figure ADD COLUMN event_start INTEGER;  -- first character of event
ALTER TABLE figure ADD COLUMN event_end INTEGER;  -- after its last character
ALTER TABLE figure ADD COLUMN since_lo TEXT;  -- first ISO day that it may count from; NULL: not known
ALTER TABLE figure ADD COLUMN since_hi TEXT;  -- last ISO day that it may count from; NULL: not known
