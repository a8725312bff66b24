-- Which account of which provider is whose. An account is its issuer and subject, never an address.
CREATE TABLE web_account (
    issuer       text COLLATE "C" NOT NULL,
    subject      text COLLATE "C" NOT NULL,
    person       text COLLATE "C" NOT NULL,
    connected_at text COLLATE "C" NOT NULL,
    PRIMARY KEY (issuer, subject)
);
