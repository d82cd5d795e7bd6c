-- Events and contributions in the order in which they were written, so that a commit of many workshops fills the
-- same few pages at the end instead of one of each workshop's own: half the pages to write and to sync.
-- A contribution stands at the place of the event that added it; a workshop's contributions are found through its
-- events.

CREATE TABLE placed_event (
  place       INTEGER PRIMARY KEY,     -- over all workshops; of no meaning outside this file
  workshop_id TEXT NOT NULL REFERENCES workshop (id),
  seq         INTEGER NOT NULL,
  body        TEXT NOT NULL,
  hash        BLOB NOT NULL,
  UNIQUE (workshop_id, seq)
) STRICT;
INSERT INTO placed_event (workshop_id, seq, body, hash)
  SELECT workshop_id, seq, body, hash FROM event ORDER BY workshop_id, seq;

CREATE TABLE placed_contribution (
  place       INTEGER PRIMARY KEY,     -- of the event that added it
  id          TEXT NOT NULL UNIQUE,
  workshop_id TEXT NOT NULL REFERENCES workshop (id),
  receipt     TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  state       TEXT NOT NULL,           -- shown, hidden, withdrawn
  text        TEXT NOT NULL,
  reason      TEXT,                    -- why it is hidden
  theme_id    TEXT,
  author_id   TEXT NOT NULL,
  supports    INTEGER NOT NULL,
  added_seq   INTEGER NOT NULL,
  changed_seq INTEGER NOT NULL,
  added_at    INTEGER NOT NULL
) STRICT;
INSERT INTO placed_contribution
  SELECT e.place, c.id, c.workshop_id, c.receipt, c.kind, c.state, c.text, c.reason, c.theme_id, c.author_id,
         c.supports, c.added_seq, c.changed_seq, c.added_at
  FROM contribution c JOIN placed_event e ON e.workshop_id = c.workshop_id AND e.seq = c.added_seq;

-- A contribution without its event would be left out above: then nothing may be done, and somebody has to look.
CREATE TEMP TABLE left_out (
  contributions INTEGER CONSTRAINT "each contribution has the event that added it" CHECK (contributions = 0)
);
INSERT INTO left_out SELECT (SELECT count(*) FROM contribution) - (SELECT count(*) FROM placed_contribution);
DROP TABLE left_out;

DROP TABLE contribution;
DROP TABLE event;
ALTER TABLE placed_event RENAME TO event;
ALTER TABLE placed_contribution RENAME TO contribution;
