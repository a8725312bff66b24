-- The bytes of files that are evidence, each once, under their SHA-256. They are compressed already,
-- most of them, and statistics would keep samples of what was erased.
CREATE TABLE evidence_file (
    sha256  text COLLATE "C" PRIMARY KEY,
    content bytea NOT NULL
);

ALTER TABLE evidence_file ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE evidence_file ALTER COLUMN content SET STATISTICS 0;

-- A file goes only when an event that was recorded before says by whose authority.
CREATE FUNCTION goldthread_refuse_file_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM events AS erasing
        WHERE erasing.stream = 'log-1' AND erasing.type = 'log.file_erased'
          AND convert_from(erasing.body, 'UTF8')::json #>> '{data,sha256}' = OLD.sha256
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% on % is refused: what is recorded stays recorded', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER evidence_file_refuse_change BEFORE UPDATE OR DELETE ON evidence_file
    FOR EACH ROW EXECUTE FUNCTION goldthread_refuse_file_change();
CREATE TRIGGER evidence_file_refuse_truncate BEFORE TRUNCATE ON evidence_file
    FOR EACH STATEMENT EXECUTE FUNCTION goldthread_refuse();

ALTER TABLE evidence_file ENABLE ALWAYS TRIGGER evidence_file_refuse_change;
ALTER TABLE evidence_file ENABLE ALWAYS TRIGGER evidence_file_refuse_truncate;
