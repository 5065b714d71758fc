-- The role that logins of BI tools and analysts are granted: it may read the warehouse's own views in schema mart, and
-- nothing else. Run at every publishing that changes something; running it again does no harm.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'newshouse_reader') THEN
        CREATE ROLE newshouse_reader NOLOGIN;
    END IF;
EXCEPTION
    -- Roles belong to the server: a warehouse in another database of it may make this one at the same moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

REVOKE ALL ON SCHEMA raw, core, ops, mart FROM PUBLIC, newshouse_reader;
GRANT USAGE ON SCHEMA mart TO newshouse_reader;

-- View by view, not ALL TABLES IN SCHEMA: an analyst's own view in mart is the analyst's to grant.
DO $$
DECLARE
    published text;
BEGIN
    FOR published IN SELECT view_name FROM ops.view_registry ORDER BY view_name LOOP
        EXECUTE format('REVOKE ALL ON mart.%I FROM PUBLIC, newshouse_reader', published);
        EXECUTE format('GRANT SELECT ON mart.%I TO newshouse_reader', published);
    END LOOP;
END
$$;

-- Temporary tables are open to PUBLIC in every new database, one restored or cloned too. The warehouse's owner stages
-- loads in them, and need not own the database; who does not own the database cannot close it.
DO $$
BEGIN
    IF (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()) THEN
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format(
            'GRANT TEMPORARY ON DATABASE %I TO %s',
            current_database(),
            (SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'core')
        );
    END IF;
END
$$;
