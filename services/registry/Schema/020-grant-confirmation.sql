-- A grant that staff wrote down for a resident takes effect when the resident or a second member of staff confirmed it.
ALTER TABLE person_grant ADD COLUMN confirmed_at BIGINT NULL;
ALTER TABLE person_grant ADD COLUMN confirmed_by TEXT NULL;

-- What residents gave themselves, and a clerk's own grant of a day, wait for nobody. The others wait from now on.
UPDATE person_grant SET confirmed_at = created_at, confirmed_by = created_by WHERE kind = 'Counter' OR created_by = subject;
