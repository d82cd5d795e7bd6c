-- What the review counts and a receipt tells, so that no journal has to be read for it.

ALTER TABLE contribution ADD COLUMN people INTEGER NOT NULL DEFAULT 1; -- behind it: declared, or who wrote it together
ALTER TABLE contribution ADD COLUMN ground TEXT;                       -- on which it is hidden

UPDATE contribution SET ground =
  (SELECT json_extract(e.body, '$.ground') FROM event e
   WHERE e.workshop_id = contribution.workshop_id AND e.seq > contribution.added_seq
     AND CASE WHEN json_valid(e.body) THEN json_extract(e.body, '$.type') = 'contribution.hidden'
                                       AND json_extract(e.body, '$.contribution') = contribution.id END
   ORDER BY e.seq DESC LIMIT 1)
  WHERE state = 'hidden';

UPDATE contribution SET people =
  (SELECT min(max(COALESCE(CASE WHEN json_valid(e.body) THEN json_extract(e.body, '$.people') END, 1), 1), 10000)
   FROM event e WHERE e.place = contribution.place);

CREATE TEMP TABLE handed_in AS
  SELECT place, workshop_id, draft, by FROM
    (SELECT place, workshop_id,
            CASE WHEN json_valid(body) THEN json_extract(body, '$.type') END AS type,
            CASE WHEN json_valid(body) THEN json_extract(body, '$.draft') END AS draft,
            CASE WHEN json_valid(body) THEN json_extract(body, '$.by') END AS by
     FROM event)
  WHERE type = 'draft.handed_in';
CREATE TEMP TABLE writer AS
  SELECT workshop_id, draft, by FROM
    (SELECT workshop_id,
            CASE WHEN json_valid(body) THEN json_extract(body, '$.type') END AS type,
            CASE WHEN json_valid(body) THEN json_extract(body, '$.draft') END AS draft,
            CASE WHEN json_valid(body) THEN json_extract(body, '$.by') END AS by
     FROM event)
  WHERE type = 'draft.changed'
  UNION SELECT workshop_id, draft, by FROM handed_in;
UPDATE contribution SET people =
  (SELECT min(count(*), 10000) FROM writer w JOIN handed_in h ON h.workshop_id = w.workshop_id AND h.draft = w.draft
   WHERE h.place = contribution.place)
  WHERE place IN (SELECT place FROM handed_in);
DROP TABLE writer;
DROP TABLE handed_in;

-- Whether a workshop is closed is asked with every receipt.
CREATE INDEX event_phase_entered ON event (workshop_id, seq) WHERE instr(body, '"type":"phase.entered"') > 0;
