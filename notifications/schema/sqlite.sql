-- What became of each planned email. Times are UTC instants as the log writes them, days are ISO
-- dates. The log says what happened; this table is what the workers share while it happens.
CREATE TABLE outbox (
    email        text PRIMARY KEY,
    person       text NOT NULL,
    send_on      text NOT NULL,
    message_id   text NOT NULL,
    state        text NOT NULL DEFAULT 'planned' CHECK (state IN
        ('planned', 'claimed', 'data_started', 'sent', 'failed', 'uncertain', 'cancelled')),
    token        text,
    lease_until  text,
    attempts     integer NOT NULL DEFAULT 0,
    resends      integer NOT NULL DEFAULT 0 CHECK (resends <= 1),
    first_try_at text,
    next_try_at  text DEFAULT '0001-01-01T00:00:00.000000Z',
    left_on      text,
    recipient    text,
    message      blob,
    last_reply   text,
    CHECK (state NOT IN ('claimed', 'data_started')
        OR (token IS NOT NULL AND lease_until IS NOT NULL)),
    CHECK (state <> 'data_started' OR message IS NOT NULL)
) WITHOUT ROWID;

CREATE INDEX outbox_send_on ON outbox (send_on);
CREATE INDEX outbox_left_on ON outbox (left_on);
CREATE INDEX outbox_unsettled ON outbox (state, next_try_at)
    WHERE state IN ('planned', 'claimed', 'data_started', 'uncertain');
