-- One row: one address of a page about a form; the token itself stands in the message only (RELIABILITY 6.2).
-- `number` is the sending to fill in, or the version to read.
CREATE TABLE form_links (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    project TEXT NOT NULL,
    form TEXT NOT NULL,
    number BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT
);
-- Whether the client has looked at a form.
CREATE INDEX form_links_project ON form_links (project, form);

-- One row: the answers of a form that is being filled in. Gone when it is handed in; may be deleted.
CREATE TABLE form_drafts (
    project TEXT NOT NULL,
    form TEXT NOT NULL,
    answers TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (project, form)
);
