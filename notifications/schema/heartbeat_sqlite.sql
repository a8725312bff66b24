-- One row for each worker that ever ran, by machine and process: when it last came to the end of a
-- tick, and what it did last. It stands outside the log: that somebody was awake is no event.
CREATE TABLE heartbeat (
    host         text NOT NULL,
    process      integer NOT NULL,
    since        text NOT NULL,
    last_beat_at text NOT NULL,
    did          text,
    did_at       text,
    problem      text,
    stopped_at   text,
    PRIMARY KEY (host, process),
    CHECK ((did IS NULL) = (did_at IS NULL))
) WITHOUT ROWID;
