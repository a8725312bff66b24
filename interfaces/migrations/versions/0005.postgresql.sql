-- PostgreSQL keeps samples of what columns hold, in its statistics, long after the rows are gone.
-- No query asks for these columns by value, so it takes none of them; naming the type anew lets go
-- of the samples there are.
ALTER TABLE events ALTER COLUMN texts TYPE bytea;
ALTER TABLE events ALTER COLUMN texts SET STATISTICS 0;
ALTER TABLE outbox ALTER COLUMN recipient TYPE text COLLATE "C";
ALTER TABLE outbox ALTER COLUMN recipient SET STATISTICS 0;
ALTER TABLE outbox ALTER COLUMN message TYPE bytea;
ALTER TABLE outbox ALTER COLUMN message SET STATISTICS 0;
ALTER TABLE outbox ALTER COLUMN last_reply TYPE text COLLATE "C";
ALTER TABLE outbox ALTER COLUMN last_reply SET STATISTICS 0;
