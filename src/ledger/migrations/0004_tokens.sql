-- Who may use the ledger over HTTP, as what. The token itself is nowhere: `hash` is its SHA-256, in hexadecimal. Instants are in
-- microseconds since 1970. A revoked one stays, so that it can be told what it was.
CREATE TABLE token (
    number    INTEGER PRIMARY KEY,
    name      TEXT    NOT NULL,
    role      TEXT    NOT NULL,
    agency    TEXT,
    hash      TEXT    NOT NULL UNIQUE,
    created   INTEGER NOT NULL,
    expires   INTEGER,
    last_used INTEGER,
    revoked   INTEGER
) STRICT;

CREATE UNIQUE INDEX token_by_name ON token (name) WHERE revoked IS NULL;
