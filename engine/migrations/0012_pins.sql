-- One row: one project that somebody pinned to the menu, the earliest first.
CREATE TABLE pins (
    owner TEXT NOT NULL,
    project TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, project)
);
