-- Mail: who asked to be told of what, what is to be sent, and what the mail server said of it. An address stands in
-- mail_recipient alone (staff's in account) and goes with the last thing that it follows.

CREATE TABLE mail_recipient (
  id          TEXT PRIMARY KEY,
  address     TEXT NOT NULL UNIQUE,  -- lower case
  language    TEXT NOT NULL,
  asked       INTEGER NOT NULL,      -- confirmations that were asked for since asked_since
  asked_since INTEGER NOT NULL
) STRICT;

CREATE TABLE mail_subscription (
  id              TEXT PRIMARY KEY,
  recipient_id    TEXT NOT NULL REFERENCES mail_recipient (id),
  consultation_id TEXT NOT NULL REFERENCES consultation (id),
  about           TEXT NOT NULL,     -- contribution, proposal, consultation
  target_id       TEXT NOT NULL,
  relation        TEXT NOT NULL,     -- reader; holder of the receipt; author, with the pass of who wrote it
  asked_at        INTEGER NOT NULL,
  confirmed_at    INTEGER,           -- NULL: nothing but its confirmation is sent
  told_seq        INTEGER NOT NULL,  -- of the review: what came up to it is not told
  UNIQUE (recipient_id, about, target_id, relation)
) STRICT;
CREATE INDEX mail_subscription_by_consultation ON mail_subscription (consultation_id);

CREATE TABLE mail_message (
  id         TEXT PRIMARY KEY,       -- also in its Message-ID: sent again it is the same message
  cause      TEXT NOT NULL,          -- what it tells, such as review:CONSULTATION:SEQ
  caused_at  INTEGER NOT NULL,       -- of the decision that it tells
  recipient  TEXT NOT NULL,          -- id of a mail_recipient or, when to_staff, of an account
  to_staff   INTEGER NOT NULL,
  language   TEXT NOT NULL,
  subject    TEXT,                   -- like text and html: NULL once it is settled
  text       TEXT,
  html       TEXT,
  queued_at  INTEGER NOT NULL,
  next_at    INTEGER,                -- when it is tried next; NULL: it is settled
  attempts   INTEGER NOT NULL,
  settled_at INTEGER,
  accepted   INTEGER NOT NULL,       -- 1: the mail server took it over
  answer     TEXT,                   -- the mail server's last word on it, without the address
  UNIQUE (cause, recipient)          -- nobody is told the same twice
) STRICT;
CREATE INDEX mail_message_by_next ON mail_message (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX mail_message_by_recipient ON mail_message (recipient);

-- For which subscriptions somebody gets a message. They may be gone; what was told stays told.
CREATE TABLE mail_message_part (
  message_id      TEXT NOT NULL REFERENCES mail_message (id),
  subscription_id TEXT NOT NULL,
  about           TEXT NOT NULL,
  target_id       TEXT NOT NULL,
  relation        TEXT NOT NULL,
  PRIMARY KEY (message_id, subscription_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_message_part_by_target ON mail_message_part (target_id);

-- How far each review has been told.
CREATE TABLE mail_progress (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id),
  seq             INTEGER NOT NULL
) STRICT;

-- When an author last read the decision on a contribution on the device that wrote it.
CREATE TABLE read_by_author (
  contribution_id TEXT PRIMARY KEY,
  at              INTEGER NOT NULL
) STRICT;
