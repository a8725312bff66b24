-- The bytes of files that are evidence, each once, under their SHA-256.
CREATE TABLE evidence_file (
    sha256  TEXT NOT NULL,
    content BLOB NOT NULL
);

CREATE UNIQUE INDEX evidence_file_sha256 ON evidence_file (sha256);

CREATE TRIGGER evidence_file_refuse_replace BEFORE INSERT ON evidence_file
WHEN EXISTS (SELECT 1 FROM evidence_file WHERE sha256 = NEW.sha256)
BEGIN
    SELECT RAISE(ABORT, 'a file that is kept already cannot be replaced');
END;

CREATE TRIGGER evidence_file_refuse_update BEFORE UPDATE ON evidence_file
BEGIN
    SELECT RAISE(ABORT, 'a file that is evidence cannot be changed');
END;

-- A file goes only when an event that was recorded before says by whose authority.
CREATE TRIGGER evidence_file_refuse_delete BEFORE DELETE ON evidence_file
WHEN NOT EXISTS (
    SELECT 1 FROM events AS erasing
    WHERE erasing.stream = 'log-1' AND erasing.type = 'log.file_erased'
      AND json_extract(CAST(erasing.body AS TEXT), '$.data.sha256') = OLD.sha256
)
BEGIN
    SELECT RAISE(ABORT, 'a file that is evidence goes only when it is erased');
END;
