-- An erasure takes away texts and changes nothing else, and only those texts that an event named
-- which was recorded before. Every other change is refused.
CREATE OR REPLACE FUNCTION goldthread_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
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

DROP TRIGGER events_refuse_change ON events;
CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION goldthread_refuse_change();
ALTER TABLE events ENABLE ALWAYS TRIGGER events_refuse_change;
