-- One row for each worker that ever ran, by machine and process: when it last came to the end of a
-- tick, and what it did last. It stands outside the log: that somebody was awake is no event.
CREATE TABLE heartbeat (
    host         text COLLATE "C" NOT NULL,
    process      integer NOT NULL,
    since        text COLLATE "C" NOT NULL,
    last_beat_at text COLLATE "C" NOT NULL,
    did          text COLLATE "C",
    did_at       text COLLATE "C",
    problem      text COLLATE "C",
    stopped_at   text COLLATE "C",
    PRIMARY KEY (host, process),
    CHECK ((did IS NULL) = (did_at IS NULL))
);
