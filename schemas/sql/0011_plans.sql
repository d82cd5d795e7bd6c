-- Plans: the cycles of a national action plan. A consultation belongs to one at most.

CREATE TABLE plan (
  id         TEXT PRIMARY KEY,
  title_ar   TEXT NOT NULL,
  title_fr   TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year  INTEGER NOT NULL,
  axes       TEXT NOT NULL,            -- JSON array of {ar, fr}
  revision   INTEGER NOT NULL,         -- from 1; grows with each change
  created_at INTEGER NOT NULL
) STRICT;

ALTER TABLE consultation ADD COLUMN plan_id TEXT REFERENCES plan (id); -- NULL: of no plan
CREATE INDEX consultation_by_plan ON consultation (plan_id);
