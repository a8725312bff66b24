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
