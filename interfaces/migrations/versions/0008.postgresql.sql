-- The bytes of an email are kept for minutes: compressing them takes longer than storing them.
ALTER TABLE outbox ALTER COLUMN message SET STORAGE EXTERNAL;
