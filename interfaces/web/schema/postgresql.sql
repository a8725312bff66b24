-- Who is signed in on the pages, and which of the links that hold only once have been used. Tokens
-- are kept as their SHA-256 alone, so a copy of the database opens nothing.
CREATE TABLE web_session (
    token    text COLLATE "C" PRIMARY KEY,
    person   text COLLATE "C" NOT NULL,
    began_at text COLLATE "C" NOT NULL,
    seen_at  text COLLATE "C" NOT NULL,
    ends_at  text COLLATE "C" NOT NULL
);

CREATE INDEX web_session_person ON web_session (person);

CREATE TABLE web_used (
    token      text COLLATE "C" PRIMARY KEY,
    used_at    text COLLATE "C" NOT NULL,
    expires_at text COLLATE "C" NOT NULL
);

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

-- Which account of which provider is whose. An account is its issuer and subject, never an address.
CREATE TABLE web_account (
    issuer       text COLLATE "C" NOT NULL,
    subject      text COLLATE "C" NOT NULL,
    person       text COLLATE "C" NOT NULL,
    connected_at text COLLATE "C" NOT NULL,
    PRIMARY KEY (issuer, subject)
);
