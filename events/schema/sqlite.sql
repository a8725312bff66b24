-- The log on SQLite. Rows are added only; the triggers hold against every way round that SQL has.
CREATE TABLE events (
    position    INTEGER PRIMARY KEY,
    stream      TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    type        TEXT    NOT NULL,
    recorded_at TEXT    NOT NULL,
    event_id    TEXT    NOT NULL,
    command_id  TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    texts       BLOB,
    leaf        BLOB    NOT NULL
);

CREATE UNIQUE INDEX events_stream_version ON events (stream, version);
CREATE UNIQUE INDEX events_event_id ON events (event_id);
CREATE INDEX events_command_id ON events (command_id);

-- One row, locked first by every writer: how large the log is and the frontier of its tree.
-- The generation rises when read models are replaced: whoever remembers rows reads them anew.
CREATE TABLE log_head (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    origin      TEXT    NOT NULL,
    size        INTEGER NOT NULL CHECK (size >= 0),
    frontier    BLOB    NOT NULL,
    recorded_at TEXT    NOT NULL,
    counters    TEXT    NOT NULL,
    generation  INTEGER NOT NULL DEFAULT 0
);

-- INSERT OR REPLACE would delete the old row without firing a delete trigger.
CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events
WHEN EXISTS (
    SELECT 1 FROM events
    WHERE position = NEW.position
       OR (stream = NEW.stream AND version = NEW.version)
       OR event_id = NEW.event_id
)
BEGIN
    SELECT RAISE(ABORT, 'an event that is already recorded cannot be replaced');
END;

-- An erasure takes away texts and changes nothing else, and only those texts that an event named
-- which was recorded before. Every other update is refused.
CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
WHEN NOT (
    NEW.position IS OLD.position AND NEW.stream IS OLD.stream AND NEW.version IS OLD.version
    AND NEW.type IS OLD.type AND NEW.recorded_at IS OLD.recorded_at
    AND NEW.event_id IS OLD.event_id AND NEW.command_id IS OLD.command_id
    AND NEW.body IS OLD.body AND NEW.leaf IS OLD.leaf AND OLD.texts IS NOT NULL
    AND NOT EXISTS (
        SELECT key, value FROM json_each(CAST(coalesce(NEW.texts, '{}') AS TEXT))
        EXCEPT SELECT key, value FROM json_each(CAST(OLD.texts AS TEXT))
    )
    AND NOT EXISTS (
        SELECT key FROM json_each(CAST(OLD.texts AS TEXT))
        EXCEPT SELECT key FROM json_each(CAST(coalesce(NEW.texts, '{}') AS TEXT))
        EXCEPT SELECT named.value
        FROM events AS erasing, json_each(CAST(erasing.body AS TEXT), '$.data.fields') AS named
        WHERE erasing.stream = 'log-1' AND erasing.type = 'log.text_erased'
          AND erasing.position > OLD.position
          AND json_extract(CAST(erasing.body AS TEXT), '$.data.position') = OLD.position
    )
)
BEGIN
    SELECT RAISE(ABORT, 'events are immutable: they cannot be updated');
END;

CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are immutable: they cannot be deleted');
END;

CREATE TRIGGER log_head_refuse_second BEFORE INSERT ON log_head
WHEN EXISTS (SELECT 1 FROM log_head)
BEGIN
    SELECT RAISE(ABORT, 'the log has one head');
END;

CREATE TRIGGER log_head_refuse_delete BEFORE DELETE ON log_head
BEGIN
    SELECT RAISE(ABORT, 'the head of the log cannot be deleted');
END;

CREATE TRIGGER log_head_refuse_shrinking BEFORE UPDATE ON log_head
WHEN NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at OR NEW.origin <> OLD.origin
BEGIN
    SELECT RAISE(ABORT, 'the log cannot shrink, go back in time or change its origin');
END;

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
