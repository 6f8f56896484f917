-- A plan, and how far its journal has come. `seq` is the last entry's; it is raised in the transaction that posts.
CREATE TABLE plan (
    number   INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    seq      INTEGER NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

-- What was laid down, each time, by the entry `seq`. `day` is the day it took effect; `head` what a list of plans shows.
CREATE TABLE revision (
    plan   INTEGER NOT NULL REFERENCES plan (number),
    number INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    day    TEXT    NOT NULL,
    head   TEXT    NOT NULL,
    body   TEXT    NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT;

-- The journal. `body` is the whole entry as it is said everywhere (JSON); the columns before it are there to find it by.
-- `recorded` is in microseconds since 1970.
CREATE TABLE entry (
    plan     INTEGER NOT NULL REFERENCES plan (number),
    seq      INTEGER NOT NULL,
    id       BLOB    NOT NULL UNIQUE,
    item     TEXT    NOT NULL,
    verb     TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    recorded INTEGER NOT NULL,
    reverses BLOB,
    body     TEXT    NOT NULL,
    PRIMARY KEY (plan, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX entry_by_item ON entry (plan, item, seq);
CREATE INDEX reversal_by_item ON entry (plan, item, id, reverses) WHERE reverses IS NOT NULL;

-- What each item has become: the fold of its entries, written with the last of them. `place` is the order in which
-- items were first touched.
CREATE TABLE state (
    plan  INTEGER NOT NULL REFERENCES plan (number),
    place INTEGER NOT NULL,
    item  TEXT    NOT NULL,
    body  TEXT    NOT NULL,
    PRIMARY KEY (plan, place),
    UNIQUE (plan, item)
) STRICT, WITHOUT ROWID;
