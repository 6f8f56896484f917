-- Acts that are not confirmed, in the order they were made. `state`: 'waiting', 'sent' (handed over, no answer known),
-- 'card' (somebody has to decide; `trouble` says about what, JSON). `tries` counts how often it was handed over since it
-- was last known to wait. `body` is the whole entry (JSON); `seal` tells whether address and body are what was written.
CREATE TABLE waiting (
    place   INTEGER PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE,
    source  TEXT    NOT NULL,
    plan    TEXT    NOT NULL,
    actor   TEXT    NOT NULL,
    state   TEXT    NOT NULL CHECK (state IN ('waiting', 'sent', 'card')),
    tries   INTEGER NOT NULL,
    trouble TEXT,
    body    TEXT    NOT NULL,
    seal    INTEGER NOT NULL
) STRICT;

CREATE INDEX waiting_by_address ON waiting (source, plan, actor, place);

-- Which instance sends for an address, and until when it may be trusted to (microseconds since 1970).
CREATE TABLE lease (
    source TEXT    NOT NULL,
    plan   TEXT    NOT NULL,
    actor  TEXT    NOT NULL,
    holder BLOB    NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (source, plan, actor)
) STRICT, WITHOUT ROWID;
