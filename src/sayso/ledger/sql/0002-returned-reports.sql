-- 0002: an address that goes back to an earlier text.
--
-- The age of a report at an address has a second part: when the address went back to it (empty: it never
-- did). What was written before has none, so the part is put in, empty.
UPDATE report_place SET age =
  substr(age, 1, instr(age, char(31))) || char(31) || substr(age, instr(age, char(31)) + 1);

-- What was seen last in a file under an address is asked for every report that is met again.
CREATE INDEX sighting_slot ON sighting (path, address);
