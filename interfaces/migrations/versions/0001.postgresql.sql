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

CREATE UNIQUE INDEX events_stream_version ON events (stream, version);
CREATE UNIQUE INDEX events_event_id ON events (event_id);
CREATE INDEX events_command_id ON events (command_id);
CREATE INDEX events_recorded_at ON events (recorded_at, position);

-- One row, locked first by every writer: how large the log is and the frontier of its tree.
CREATE TABLE log_head (
    id          integer PRIMARY KEY CHECK (id = 1),
    origin      text COLLATE "C" NOT NULL,
    size        bigint NOT NULL CHECK (size >= 0),
    frontier    bytea NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    counters    text COLLATE "C" NOT NULL
) WITH (fillfactor = 10);

CREATE FUNCTION goldthread_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: what is recorded stays recorded', TG_OP, TG_TABLE_NAME;
END $$;

CREATE FUNCTION goldthread_refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at OR NEW.origin <> OLD.origin THEN
        RAISE EXCEPTION 'the log cannot shrink, go back in time or change its origin';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION goldthread_refuse();
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
