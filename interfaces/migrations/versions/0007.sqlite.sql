-- The tokens with which programs act for people, and the secret addresses of calendars; kept as
-- their SHA-256 alone.
CREATE TABLE web_token (
    token      text PRIMARY KEY,
    person     text NOT NULL,
    scope      text NOT NULL CHECK (scope IN ('read', 'write', 'calendar')),
    number     integer NOT NULL,
    made_at    text NOT NULL,
    expires_at text NOT NULL,
    used_on    text,
    UNIQUE (person, number)
) WITHOUT ROWID;
