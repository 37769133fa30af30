-- +goose Up
-- Who may do what one alone may. A row stays when its lease is given back, so that its epoch only rises. They are of no
-- tenant.
CREATE TABLE leases (
    name   text COLLATE "C" NOT NULL PRIMARY KEY,
    holder text   NOT NULL,
    epoch  bigint NOT NULL,
    until  bigint NOT NULL
);
