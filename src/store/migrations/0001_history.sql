-- How the plans of sources that cannot tell other days stood: the last that was seen on each day.
CREATE TABLE place (
    number INTEGER PRIMARY KEY,
    source TEXT    NOT NULL,
    plan   TEXT    NOT NULL,
    UNIQUE (source, plan)
) STRICT;

-- A plan with its states, packed: against the picture `base`, behind `depth` others, or whole. `size` is what it is unpacked.
CREATE TABLE picture (
    number INTEGER PRIMARY KEY,
    base   INTEGER REFERENCES picture,
    depth  INTEGER NOT NULL,
    size   INTEGER NOT NULL,
    body   BLOB    NOT NULL
) STRICT;

CREATE INDEX picture_base ON picture (base);

-- Days on which nothing was different share a picture.
CREATE TABLE day (
    place   INTEGER NOT NULL REFERENCES place,
    day     TEXT    NOT NULL,
    picture INTEGER NOT NULL REFERENCES picture,
    PRIMARY KEY (place, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX day_picture ON day (picture);
