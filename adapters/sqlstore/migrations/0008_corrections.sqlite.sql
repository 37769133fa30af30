-- +goose Up
-- Up to where each chain was followed, to tell those who were told a claim that it has changed. Nothing is told of what was
-- changed before this was kept.
ALTER TABLE heads ADD COLUMN followed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN followed_hash TEXT NOT NULL DEFAULT '';
UPDATE heads SET followed = revision, followed_hash = hash;
CREATE INDEX heads_behind ON heads (tenant) WHERE revision > followed;

-- What was asked without an answer: what it was about, where, by whom as a hash under the tenant's own key, and on which day last.
CREATE TABLE gaps (
    tenant TEXT NOT NULL,
    scope  TEXT NOT NULL,
    place  TEXT NOT NULL,
    asker  TEXT NOT NULL,
    day    TEXT NOT NULL,
    PRIMARY KEY (tenant, scope, place, asker)
) STRICT, WITHOUT ROWID;

CREATE INDEX gaps_day ON gaps (day);

CREATE TABLE gap_keys (
    tenant TEXT NOT NULL PRIMARY KEY,
    key    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Reports are gone after some time, whoever's they are.
CREATE INDEX reports_old ON reports (at);
