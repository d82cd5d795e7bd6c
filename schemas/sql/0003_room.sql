-- The room: merged and silently written contributions, what people say of themselves for balanced tables, agendas that
-- are used again.

ALTER TABLE contribution ADD COLUMN merged_into TEXT;                  -- the contribution that it stands under
ALTER TABLE contribution ADD COLUMN veiled INTEGER NOT NULL DEFAULT 0; -- written silently, not revealed yet

-- Of their own accord; NULL: not said. For balanced tables and figures, never shown.
ALTER TABLE participant ADD COLUMN gender TEXT;       -- woman, man
ALTER TABLE participant ADD COLUMN age TEXT;          -- under_35, 35_to_60, over_60
ALTER TABLE participant ADD COLUMN organisation TEXT; -- association, administration, business, university, media, none

CREATE TABLE template (
  id         TEXT PRIMARY KEY,
  title      TEXT NOT NULL,
  agenda     TEXT NOT NULL, -- JSON, as in the command agenda.set
  settings   TEXT NOT NULL, -- JSON, as in the command settings.set
  created_by TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL
) STRICT;
