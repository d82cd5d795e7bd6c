-- Words that an administration's members keep to begin their answers with. They are nobody else's to read.

CREATE TABLE answer_template (
  id             TEXT PRIMARY KEY,
  administration TEXT NOT NULL, -- of the register
  title          TEXT NOT NULL,
  kind           TEXT NOT NULL, -- of the answer
  ar             TEXT NOT NULL,
  fr             TEXT NOT NULL,
  revision       INTEGER NOT NULL, -- from 1; whoever changes it names the one that they saw
  changed_by     TEXT NOT NULL REFERENCES account (id),
  changed_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX answer_template_of ON answer_template (administration);
