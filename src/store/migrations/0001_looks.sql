-- When each person last looked at each plan, and the last entry that was there. `looked` is in microseconds since 1970.
CREATE TABLE look (
    source TEXT    NOT NULL,
    plan   TEXT    NOT NULL,
    actor  TEXT    NOT NULL,
    looked INTEGER NOT NULL,
    cursor INTEGER,
    PRIMARY KEY (source, plan, actor)
) STRICT, WITHOUT ROWID;
