-- +goose Up
-- Mistakes that were reported: what is said to be wrong with which claims, and nothing of who said so.
CREATE TABLE reports (
    tenant TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    lang   TEXT    NOT NULL,
    note   TEXT    NOT NULL,
    claims TEXT    NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX reports_at ON reports (tenant, at, id);
