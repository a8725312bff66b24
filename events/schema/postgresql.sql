-- The log on PostgreSQL. Texts compare byte by byte ("C"), as they do on SQLite.
CREATE TABLE events (
    position    bigint PRIMARY KEY,
    stream      text COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    type        text COLLATE "C" NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    event_id    text COLLATE "C" NOT NULL,
    command_id  text COLLATE "C" NOT NULL,
    body        bytea NOT NULL,
    texts       bytea,
    leaf        bytea NOT NULL
);

-- Statistics would keep samples of texts that were erased, and no query asks for a text by value.
ALTER TABLE events ALTER COLUMN texts SET STATISTICS 0;

CREATE UNIQUE INDEX events_stream_version ON events (stream, version);
CREATE UNIQUE INDEX events_event_id ON events (event_id);
CREATE INDEX events_command_id ON events (command_id);

-- A command stores a few events. After a bulk import statistics say otherwise, and the server, which
-- plans for any command once it has seen some, would read the whole log to look for one.
ALTER TABLE events ALTER COLUMN command_id SET (n_distinct = -0.5);

-- One row, locked first by every writer: how large the log is and the frontier of its tree.
-- The generation rises when read models are replaced: whoever remembers rows reads them anew.
CREATE TABLE log_head (
    id          integer PRIMARY KEY CHECK (id = 1),
    origin      text COLLATE "C" NOT NULL,
    size        bigint NOT NULL CHECK (size >= 0),
    frontier    bytea NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    counters    text COLLATE "C" NOT NULL,
    generation  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

CREATE FUNCTION goldthread_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what is recorded stays recorded', TG_OP, TG_TABLE_NAME;
END $$;

-- An erasure takes away texts and changes nothing else, and only those texts that an event named
-- which was recorded before. Every other change is refused.
CREATE FUNCTION goldthread_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before json;
    after json;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.texts IS NOT NULL
       AND (NEW.position, NEW.stream, NEW.version, NEW.type, NEW.recorded_at, NEW.event_id,
            NEW.command_id, NEW.body, NEW.leaf)
           IS NOT DISTINCT FROM
           (OLD.position, OLD.stream, OLD.version, OLD.type, OLD.recorded_at, OLD.event_id,
            OLD.command_id, OLD.body, OLD.leaf)
    THEN
        before := convert_from(OLD.texts, 'UTF8')::json;
        after := coalesce(convert_from(NEW.texts, 'UTF8'), '{}')::json;
        IF NOT EXISTS (
            SELECT key, value::text FROM json_each(after)
            EXCEPT SELECT key, value::text FROM json_each(before)
        ) AND NOT EXISTS (
            SELECT key FROM json_each(before)
            EXCEPT SELECT key FROM json_each(after)
            EXCEPT SELECT named
            FROM events AS erasing,
                 json_array_elements_text(
                     convert_from(erasing.body, 'UTF8')::json #> '{data,fields}'
                 ) AS named
            WHERE erasing.stream = 'log-1' AND erasing.type = 'log.text_erased'
              AND erasing.position > OLD.position
              AND (convert_from(erasing.body, 'UTF8')::json #>> '{data,position}')::bigint
                  = OLD.position
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% on % is refused: what is recorded stays recorded', TG_OP, TG_TABLE_NAME;
END $$;

CREATE FUNCTION goldthread_refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at OR NEW.origin <> OLD.origin THEN
        RAISE EXCEPTION 'the log cannot shrink, go back in time or change its origin';
    END IF;
    RETURN NEW;
END $$;

-- The whole append in one round trip, for a writer that knows the head: it moves the head if it is
-- still the one that the writer saw and the command has stored nothing yet, and then adds the
-- events. Returns whether it did. The head is locked first, as by every writer.
CREATE FUNCTION goldthread_append(
    seen_size bigint, seen_frontier bytea, seen_generation bigint, command text,
    new_size bigint, new_frontier bytea, new_recorded_at text, new_counters text,
    positions bigint[], streams text[], versions bigint[], types text[], recorded text[],
    event_ids text[], command_ids text[], bodies bytea[], texts bytea[], leaves bytea[]
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE log_head
    SET size = new_size, frontier = new_frontier, recorded_at = new_recorded_at,
        counters = new_counters
    WHERE id = 1 AND size = seen_size AND frontier = seen_frontier
      AND generation = seen_generation
      AND NOT EXISTS (SELECT FROM events WHERE command_id = command);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO events (position, stream, version, type, recorded_at, event_id, command_id,
                        body, texts, leaf)
    SELECT * FROM unnest(positions, streams, versions, types, recorded, event_ids, command_ids,
                         bodies, texts, leaves);
    RETURN true;
END $$;

CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION goldthread_refuse_change();
CREATE TRIGGER events_refuse_truncate BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION goldthread_refuse();
CREATE TRIGGER log_head_refuse_delete BEFORE DELETE ON log_head
    FOR EACH ROW EXECUTE FUNCTION goldthread_refuse();
CREATE TRIGGER log_head_refuse_truncate BEFORE TRUNCATE ON log_head
    FOR EACH STATEMENT EXECUTE FUNCTION goldthread_refuse();
CREATE TRIGGER log_head_refuse_shrinking BEFORE UPDATE ON log_head
    FOR EACH ROW EXECUTE FUNCTION goldthread_refuse_shrinking();

-- Ordinary triggers are silent under session_replication_role = replica; these are not.
ALTER TABLE events ENABLE ALWAYS TRIGGER events_refuse_change;
ALTER TABLE events ENABLE ALWAYS TRIGGER events_refuse_truncate;
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_refuse_delete;
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_refuse_truncate;
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_refuse_shrinking;

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
