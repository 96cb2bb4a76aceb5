-- 0010: places and events that the alias table calls one in series of figures.

CREATE TABLE series_word (
  kind TEXT NOT NULL,             -- place or event
  words TEXT NOT NULL,            -- folded, as in the key of a series
  same_as TEXT NOT NULL,          -- the words that count in their place, as written there
  PRIMARY KEY (kind, words)
) STRICT, WITHOUT ROWID;
