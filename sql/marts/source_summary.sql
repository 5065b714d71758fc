-- Question: What does the warehouse hold of each source, and how fresh is it?
-- Grain: one row per source that published an article or is the agency of one.
-- Scope: every article, undated ones too; the source 'unknown' stands for the articles whose publisher nothing names.
-- Limits: freshness is measured against the newest day in the warehouse, not against today. An article with an agency
--         counts under its publisher as published and under its agency as wire: do not add the two.
CREATE VIEW mart.source_summary AS
WITH publisher_language AS (
    SELECT
        publisher_id,
        language,
        sum(article_count)::bigint AS article_count,
        coalesce(sum(article_count) FILTER (WHERE published_on = 'infinity'), 0)::bigint AS undated_article_count,
        min(published_on) FILTER (WHERE published_on < 'infinity') AS first_day,
        max(published_on) FILTER (WHERE published_on < 'infinity') AS last_day
    FROM core.publisher_day_count
    GROUP BY publisher_id, language
),
published AS (
    SELECT
        publisher_id,
        sum(article_count)::bigint AS article_count,
        sum(undated_article_count)::bigint AS undated_article_count,
        min(first_day) AS first_day,
        max(last_day) AS last_day,
        string_agg(language, ', ' ORDER BY article_count DESC, language) AS languages
    FROM publisher_language
    GROUP BY publisher_id
),
wire AS (
    SELECT
        agency_id,
        sum(article_count)::bigint AS article_count
    FROM core.provenance_count
    WHERE agency_id <> 'none'
    GROUP BY agency_id
),
newest AS (
    SELECT max(last_day) AS day
    FROM published
)
SELECT
    source.source_id,
    source.name AS source_name,
    source.kind AS source_kind,
    source.country_code AS source_country_code,
    source.needs_review,
    coalesce(published.article_count, 0) AS article_count,
    coalesce(wire.article_count, 0) AS wire_article_count,
    published.first_day,
    published.last_day,
    (newest.day - published.last_day)::bigint AS days_behind_newest,
    coalesce(published.undated_article_count, 0) AS undated_article_count,
    (published.undated_article_count::numeric / published.article_count)::numeric(5, 4) AS undated_share,
    published.languages
FROM core.source AS source
CROSS JOIN newest
LEFT JOIN published ON published.publisher_id = source.source_id
LEFT JOIN wire ON wire.agency_id = source.source_id
WHERE published.publisher_id IS NOT NULL OR wire.agency_id IS NOT NULL
ORDER BY article_count DESC, source.source_id;

COMMENT ON COLUMN mart.source_summary.source_id IS 'Key of the source; unknown where nothing names the publisher';
COMMENT ON COLUMN mart.source_summary.source_name IS 'Name of the source';
COMMENT ON COLUMN mart.source_summary.source_kind IS 'agency, state_agency, newspaper, portal, broadcaster, …; unknown where not looked into';
COMMENT ON COLUMN mart.source_summary.source_country_code IS 'Home country, ISO 3166-1 alpha-2; NULL for an international or unknown one';
COMMENT ON COLUMN mart.source_summary.needs_review IS 'True for a source met while loading that nobody has looked at yet';
COMMENT ON COLUMN mart.source_summary.article_count IS 'Articles that the source published';
COMMENT ON COLUMN mart.source_summary.wire_article_count IS 'Articles of any publisher that name the source as their agency';
COMMENT ON COLUMN mart.source_summary.first_day IS 'First day of publication; NULL where it published no dated article';
COMMENT ON COLUMN mart.source_summary.last_day IS 'Last day of publication; NULL where it published no dated article';
COMMENT ON COLUMN mart.source_summary.days_behind_newest IS 'Days from last_day to the newest day of publication in the warehouse; NULL with last_day';
COMMENT ON COLUMN mart.source_summary.undated_article_count IS 'Articles that it published whose day is not known';
COMMENT ON COLUMN mart.source_summary.undated_share IS 'undated_article_count / article_count, 0 to 1; NULL where it published nothing';
COMMENT ON COLUMN mart.source_summary.languages IS 'ISO 639-1 codes of the languages it published in, the most used first, joined by a comma; NULL where it published nothing';
