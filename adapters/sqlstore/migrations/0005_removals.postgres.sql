-- +goose Up
-- Whose rows were deleted, and up to which of their changes, which says so and stays; behind is the hash of the change before
-- it. The row lets what is older be deleted, and nothing else does. What all share can't be removed.
CREATE TABLE removals (
    tenant   text COLLATE "C" NOT NULL PRIMARY KEY CHECK (tenant <> ''),
    revision bigint NOT NULL,
    behind   text   NOT NULL
);

-- Triggers hold the owner of the tables and a superuser, too, whom no policy stops. They run as who deletes, who sees the rows
-- of one tenant.
-- +goose StatementBegin
CREATE FUNCTION removal_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NOT EXISTS (
        SELECT FROM changes c WHERE c.tenant = NEW.tenant AND c.revision = NEW.revision AND c.action = 'remove') THEN
        RAISE EXCEPTION 'a removal is noted behind a change that says so, and stays';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.tenant <> OLD.tenant OR NEW.revision <= OLD.revision) THEN
        RAISE EXCEPTION 'a removal is noted behind a later change';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION only_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM removals r WHERE r.tenant = OLD.tenant AND r.revision > OLD.revision) THEN
        RAISE EXCEPTION '% are only appended', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER removals_noted BEFORE INSERT OR UPDATE OR DELETE ON removals FOR EACH ROW EXECUTE FUNCTION removal_noted();
CREATE TRIGGER changes_remain BEFORE DELETE ON changes FOR EACH ROW EXECUTE FUNCTION only_appended();
CREATE TRIGGER versions_remain BEFORE DELETE ON versions FOR EACH ROW EXECUTE FUNCTION only_appended();

-- Removals are read by all, as heads are: they hold no more.
ALTER TABLE removals ENABLE ROW LEVEL SECURITY;
ALTER TABLE removals FORCE ROW LEVEL SECURITY;
CREATE POLICY removals_read ON removals FOR SELECT USING (true);
CREATE POLICY removals_add ON removals FOR INSERT WITH CHECK (tenant = current_setting('whosays.tenant', true));
CREATE POLICY removals_move ON removals FOR UPDATE USING (tenant = current_setting('whosays.tenant', true));
CREATE POLICY changes_remove ON changes FOR DELETE USING (tenant || '' = current_setting('whosays.tenant', true));
CREATE POLICY versions_remove ON versions FOR DELETE USING (tenant || '' = current_setting('whosays.tenant', true));

-- Whoever looks whose rows are kept reads across tenants.
CREATE POLICY reports_across ON reports FOR SELECT USING (current_setting('whosays.across', true) = 'yes');
