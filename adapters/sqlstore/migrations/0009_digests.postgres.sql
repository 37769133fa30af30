-- +goose Up
-- Which channel is told what changed, and when next. Times are microseconds since 1970; 0: none. One whose next slot has come is due for
-- whoever takes it up first.
CREATE TABLE subscriptions (
    tenant     text COLLATE "C" NOT NULL,
    id         text COLLATE "C" NOT NULL,
    desk       text COLLATE "C" NOT NULL,
    address    text COLLATE "C" NOT NULL,
    fields     text    NOT NULL,
    zone       text    NOT NULL,
    topics     text    NOT NULL,
    lang       text    NOT NULL,
    silent     boolean NOT NULL,
    shift      bigint  NOT NULL,
    subscriber text    NOT NULL,
    at         bigint  NOT NULL,
    active     bigint  NOT NULL,
    state      text    NOT NULL CHECK (state IN ('active', 'paused')),
    why        text    NOT NULL,
    next_civil text    NOT NULL,
    next_at    bigint  NOT NULL,
    since      text    NOT NULL,
    taken      bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, desk, address)
);

CREATE INDEX subscriptions_due ON subscriptions (next_at) WHERE state = 'active' AND next_at > 0;

-- What became of the slots that are over. A slot is a time of the clock on the wall, and is there once.
CREATE TABLE slots (
    tenant       text COLLATE "C" NOT NULL,
    subscription text COLLATE "C" NOT NULL,
    civil        text COLLATE "C" NOT NULL,
    due          bigint NOT NULL,
    outcome      text   NOT NULL,
    delivery     text   NOT NULL,
    PRIMARY KEY (tenant, subscription, civil)
);

CREATE INDEX slots_due ON slots (due);

ALTER TABLE subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscriptions FORCE ROW LEVEL SECURITY;
ALTER TABLE slots ENABLE ROW LEVEL SECURITY;
ALTER TABLE slots FORCE ROW LEVEL SECURITY;
CREATE POLICY subscriptions_own ON subscriptions USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY slots_own ON slots USING (tenant || '' = current_setting('whosays.tenant', true));

-- Whoever looks for what is due, or is old, reads across tenants, and writes as each.
CREATE POLICY subscriptions_across ON subscriptions FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
CREATE POLICY slots_across ON slots FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
