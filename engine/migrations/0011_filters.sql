-- One row: one list of projects that somebody gave a name, as the query of its address; seen by its owner, or by everybody.
CREATE TABLE filters (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    shared BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, name)
);
