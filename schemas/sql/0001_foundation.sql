-- The foundation: consultations with their workshops, people, staff, and the journal with its projection.
-- Times are INTEGER milliseconds UTC; ids are UUIDv7 in lower-case text.

CREATE TABLE secret (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE consultation (
  id         TEXT PRIMARY KEY,
  title      TEXT NOT NULL,
  language   TEXT NOT NULL,
  region     TEXT NOT NULL,
  city       TEXT NOT NULL,
  venue      TEXT NOT NULL,
  date       TEXT NOT NULL,
  organisers TEXT NOT NULL,            -- JSON array of names
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE workshop (
  id              TEXT PRIMARY KEY,
  consultation_id TEXT NOT NULL REFERENCES consultation (id),
  position        INTEGER NOT NULL,
  title           TEXT NOT NULL,
  join_code       TEXT NOT NULL UNIQUE,
  epoch           TEXT NOT NULL,
  head_seq        INTEGER NOT NULL,    -- the last event, so that a cut-off journal is noticed
  head_hash       BLOB NOT NULL,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX workshop_by_consultation ON workshop (consultation_id, position);

-- Personal data lives here and in account, never in an event: erasing it does not touch the chain.
CREATE TABLE participant (
  id              TEXT PRIMARY KEY,
  consultation_id TEXT NOT NULL REFERENCES consultation (id),
  display_name    TEXT,                -- NULL: anonymous
  language        TEXT NOT NULL,
  notice_version  INTEGER NOT NULL,    -- of the notice on personal data that was accepted
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX participant_by_consultation ON participant (consultation_id);

CREATE TABLE attendance (
  participant_id TEXT NOT NULL REFERENCES participant (id),
  workshop_id    TEXT NOT NULL REFERENCES workshop (id),
  joined_at      INTEGER NOT NULL,
  PRIMARY KEY (workshop_id, participant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE,  -- lower case
  name          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  disabled_at   INTEGER
) STRICT;

CREATE TABLE account_role (
  account_id TEXT NOT NULL REFERENCES account (id),
  role       TEXT NOT NULL,
  scope_id   TEXT NOT NULL,            -- workshop of a facilitator, consultation of an organiser, '' for admin
  PRIMARY KEY (account_id, role, scope_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_session (
  token_hash BLOB PRIMARY KEY,         -- SHA-256 of the cookie's token
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal. hash = SHA-256(previous hash || body); the hash before seq 1 is SHA-256(workshop id).
-- body holds the canonical bytes: compact JSON with sorted keys, with workshop, seq, at and type inside.
CREATE TABLE event (
  workshop_id TEXT NOT NULL REFERENCES workshop (id),
  seq         INTEGER NOT NULL,
  body        TEXT NOT NULL,
  hash        BLOB NOT NULL,
  PRIMARY KEY (workshop_id, seq)
) STRICT, WITHOUT ROWID;

-- Projection of the journal, written in the same transaction: where each contribution stands.
CREATE TABLE contribution (
  id          TEXT PRIMARY KEY,
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
CREATE INDEX contribution_by_workshop ON contribution (workshop_id, added_seq);
