-- What items have become is written in short from here on, no longer in JSON: `body` is parts, separated by U+001F, each a
-- letter for the field and its value. The program rewrites the states that stand, and then drops `state_in_json`.
ALTER TABLE state RENAME TO state_in_json;

CREATE TABLE state (
    plan  INTEGER NOT NULL REFERENCES plan (number),
    place INTEGER NOT NULL,
    item  TEXT    NOT NULL,
    body  TEXT    NOT NULL,
    PRIMARY KEY (plan, place),
    UNIQUE (plan, item)
) STRICT, WITHOUT ROWID;
