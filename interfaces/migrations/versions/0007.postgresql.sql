-- The tokens with which programs act for people, and the secret addresses of calendars; kept as
-- their SHA-256 alone.
CREATE TABLE web_token (
    token      text COLLATE "C" PRIMARY KEY,
    person     text COLLATE "C" NOT NULL,
    scope      text COLLATE "C" NOT NULL CHECK (scope IN ('read', 'write', 'calendar')),
    number     integer NOT NULL,
    made_at    text COLLATE "C" NOT NULL,
    expires_at text COLLATE "C" NOT NULL,
    used_on    text COLLATE "C",
    UNIQUE (person, number)
);
