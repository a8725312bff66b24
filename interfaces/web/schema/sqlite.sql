-- Who is signed in on the pages, and which of the links that hold only once have been used. Tokens
-- are kept as their SHA-256 alone, so a copy of the database opens nothing.
CREATE TABLE web_session (
    token    text PRIMARY KEY,
    person   text NOT NULL,
    began_at text NOT NULL,
    seen_at  text NOT NULL,
    ends_at  text NOT NULL
) WITHOUT ROWID;

CREATE INDEX web_session_person ON web_session (person);

CREATE TABLE web_used (
    token      text PRIMARY KEY,
    used_at    text NOT NULL,
    expires_at text NOT NULL
) WITHOUT ROWID;

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

-- Which account of which provider is whose. An account is its issuer and subject, never an address.
CREATE TABLE web_account (
    issuer       text NOT NULL,
    subject      text NOT NULL,
    person       text NOT NULL,
    connected_at text NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
