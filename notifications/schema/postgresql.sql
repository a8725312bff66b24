-- What became of each planned email. Times are UTC instants as the log writes them, days are ISO
-- dates. The log says what happened; this table is what the workers share while it happens.
CREATE TABLE outbox (
    email        text COLLATE "C" PRIMARY KEY,
    person       text COLLATE "C" NOT NULL,
    send_on      text COLLATE "C" NOT NULL,
    message_id   text COLLATE "C" NOT NULL,
    state        text COLLATE "C" NOT NULL DEFAULT 'planned' CHECK (state IN
        ('planned', 'claimed', 'data_started', 'sent', 'failed', 'uncertain', 'cancelled')),
    token        text COLLATE "C",
    lease_until  text COLLATE "C",
    attempts     integer NOT NULL DEFAULT 0,
    resends      integer NOT NULL DEFAULT 0 CHECK (resends <= 1),
    first_try_at text COLLATE "C",
    next_try_at  text COLLATE "C" DEFAULT '0001-01-01T00:00:00.000000Z',
    left_on      text COLLATE "C",
    recipient    text COLLATE "C",
    message      bytea,
    last_reply   text COLLATE "C",
    CHECK (state NOT IN ('claimed', 'data_started')
        OR (token IS NOT NULL AND lease_until IS NOT NULL)),
    CHECK (state <> 'data_started' OR message IS NOT NULL)
);

-- Statistics would keep samples of what was erased, and no query asks for these by value.
ALTER TABLE outbox
    ALTER COLUMN recipient SET STATISTICS 0,
    ALTER COLUMN message SET STATISTICS 0,
    ALTER COLUMN last_reply SET STATISTICS 0,
    -- Kept for minutes: compressing a message takes longer than storing it.
    ALTER COLUMN message SET STORAGE EXTERNAL;

CREATE INDEX outbox_send_on ON outbox (send_on);
CREATE INDEX outbox_left_on ON outbox (left_on);
CREATE INDEX outbox_unsettled ON outbox (state, next_try_at)
    WHERE state IN ('planned', 'claimed', 'data_started', 'uncertain');
