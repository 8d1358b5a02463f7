-- One row: the end of the log. Taken last in each transaction, so positions have no gaps and
-- commit in order; `outbox` is the last outbox id in the same way.
CREATE TABLE head (
    id BIGINT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    hash TEXT NOT NULL,
    outbox BIGINT NOT NULL
);
INSERT INTO head (id, position, hash, outbox) VALUES (1, 0, '', 0);

-- One row: one fact. Never updated, never deleted.
CREATE TABLE events (
    position BIGINT NOT NULL PRIMARY KEY,
    stream TEXT NOT NULL,
    version BIGINT NOT NULL,
    aggregate TEXT NOT NULL,
    type TEXT NOT NULL,
    schema_version BIGINT NOT NULL,
    command_id TEXT NOT NULL,
    command_seq BIGINT NOT NULL,
    cause BIGINT,
    origin TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    data TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    -- What was asked, in the first fact of a command; outside the chain, which holds what happened.
    fingerprint TEXT
);
-- The optimistic lock of a stream, and the read of one stream in order.
CREATE UNIQUE INDEX events_stream ON events (stream, version);
-- A command asked twice: its first answer again.
CREATE UNIQUE INDEX events_command ON events (command_id, command_seq);

-- One row: one raw update from Telegram, stored before it is confirmed (RELIABILITY 3.2 T1).
CREATE TABLE inbox (
    update_id BIGINT NOT NULL PRIMARY KEY,
    received_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    error TEXT,
    handled_at BIGINT
);
-- The next update to handle.
CREATE INDEX inbox_waiting ON inbox (state, update_id);

-- One row: one message to one chat, as it is sent, in the order of `id` (RELIABILITY 3.2 T3-T4).
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    chat BIGINT NOT NULL,
    dedupe TEXT NOT NULL,
    position BIGINT,
    kind TEXT NOT NULL,
    face TEXT NOT NULL,
    slot TEXT,
    reply_to TEXT,
    project TEXT,
    task TEXT,
    message_key TEXT NOT NULL,
    arguments TEXT NOT NULL,
    language TEXT NOT NULL,
    payload TEXT NOT NULL,
    ask TEXT,
    policy TEXT NOT NULL,
    state TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    ambiguous BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    started_at BIGINT,
    sent_at BIGINT,
    message_id BIGINT,
    error TEXT
);
-- A message that one fact calls for exists once.
CREATE UNIQUE INDEX outbox_dedupe ON outbox (dedupe);
-- The head of line of each chat.
CREATE INDEX outbox_waiting ON outbox (state, chat, id);
-- The message of a slot, to change it.
CREATE INDEX outbox_slot ON outbox (slot, id);
-- The message that somebody replied to.
CREATE INDEX outbox_message ON outbox (chat, message_id);

-- One row: one chat that the bot writes to, and how it is doing.
CREATE TABLE chats (
    chat BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    last_mid BIGINT NOT NULL,
    seen_mid BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    migrated_to BIGINT,
    paused_until BIGINT NOT NULL,
    -- The forum topic that messages go to; nothing is General, or a chat without topics.
    topic BIGINT
);

-- One row: an accepted copy of a message that lost against another copy.
CREATE TABLE strays (
    outbox_id BIGINT NOT NULL,
    chat BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    done BIGINT NOT NULL,
    PRIMARY KEY (chat, message_id)
);

-- One row: one button under a message; the token itself stands in the message only (RELIABILITY 6.2).
CREATE TABLE buttons (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    outbox_id BIGINT NOT NULL,
    chat BIGINT NOT NULL,
    project TEXT NOT NULL,
    task TEXT NOT NULL,
    round BIGINT NOT NULL,
    press TEXT NOT NULL,
    only_person TEXT,
    expires_at BIGINT NOT NULL
);
-- A chat that got a new id takes its buttons along.
CREATE INDEX buttons_chat ON buttons (chat);

-- One row: a command with a date. The key names the purpose, so it cannot double.
CREATE TABLE timers (
    key TEXT NOT NULL PRIMARY KEY,
    due_at BIGINT NOT NULL,
    command TEXT NOT NULL,
    cause BIGINT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    error TEXT
);
-- The timers that are due.
CREATE INDEX timers_due ON timers (state, due_at);

-- One row: what we know of a person. May be deleted; the log stays valid.
CREATE TABLE profiles (
    person TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    telegram_user BIGINT,
    username TEXT,
    language TEXT,
    changed_at BIGINT NOT NULL
);
-- Who a Telegram user is.
CREATE UNIQUE INDEX profiles_telegram ON profiles (telegram_user);

-- One row: a remark, a message or a file of a person. May be deleted; the log keeps its hash.
CREATE TABLE contents (
    content TEXT NOT NULL PRIMARY KEY,
    person TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    file_id TEXT,
    file_name TEXT,
    mime TEXT,
    size BIGINT,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- One row: how far a read model has come. State `live` is kept up inside each commit, `behind` catches up.
CREATE TABLE checkpoints (
    name TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    state TEXT NOT NULL,
    error TEXT
);

-- One row: who may poll, handle and send now (RELIABILITY 4).
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- One row: a small thing to remember, such as the last heartbeat.
CREATE TABLE notes (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
