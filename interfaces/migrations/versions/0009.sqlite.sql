-- Which account of which provider is whose. An account is its issuer and subject, never an address.
CREATE TABLE web_account (
    issuer       text NOT NULL,
    subject      text NOT NULL,
    person       text NOT NULL,
    connected_at text NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
