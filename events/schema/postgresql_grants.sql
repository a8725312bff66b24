-- What the application's role may do: add events and files, move the head, nothing else.
-- (PostgreSQL has no ALTER ... ENABLE TRIGGER, TRUNCATE or DROP for somebody who owns nothing.)
REVOKE ALL ON events, log_head, evidence_file FROM PUBLIC;
REVOKE ALL ON events, log_head, evidence_file FROM {role};
GRANT SELECT, INSERT ON events, evidence_file TO {role};
GRANT SELECT, UPDATE (size, frontier, recorded_at, counters, generation) ON log_head TO {role};
