-- +goose Up
-- Which channel is told what changed, and when next. Times are microseconds since 1970; 0: none. One whose next slot has come is due for
-- whoever takes it up first.
CREATE TABLE subscriptions (
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    desk       TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    fields     TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    topics     TEXT    NOT NULL,
    lang       TEXT    NOT NULL,
    silent     INTEGER NOT NULL,
    shift      INTEGER NOT NULL,
    subscriber TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    active     INTEGER NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('active', 'paused')),
    why        TEXT    NOT NULL,
    next_civil TEXT    NOT NULL,
    next_at    INTEGER NOT NULL,
    since      TEXT    NOT NULL,
    taken      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, desk, address)
) STRICT;

CREATE INDEX subscriptions_due ON subscriptions (next_at) WHERE state = 'active' AND next_at > 0;

-- What became of the slots that are over. A slot is a time of the clock on the wall, and is there once.
CREATE TABLE slots (
    tenant       TEXT    NOT NULL,
    subscription TEXT    NOT NULL,
    civil        TEXT    NOT NULL,
    due          INTEGER NOT NULL,
    outcome      TEXT    NOT NULL,
    delivery     TEXT    NOT NULL,
    PRIMARY KEY (tenant, subscription, civil)
) STRICT;

CREATE INDEX slots_due ON slots (due);
