-- The review of a consultation: a ledger of what was done with its contributions after the meeting, from which every state
-- follows. hash = SHA-256(previous hash || body); the hash before seq 1 is SHA-256(consultation id).

CREATE TABLE review_entry (
  place           INTEGER PRIMARY KEY,
  consultation_id TEXT NOT NULL REFERENCES consultation (id),
  seq             INTEGER NOT NULL,
  command_id      TEXT NOT NULL UNIQUE, -- what a command makes has its id: it is one thing over all consultations
  body            TEXT NOT NULL, -- canonical: compact JSON with sorted keys
  hash            BLOB NOT NULL,
  UNIQUE (consultation_id, seq)
) STRICT;
