DROP TRIGGER events_refuse_update;

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
