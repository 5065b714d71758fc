-- Question: How many articles did each source publish on each day, and in which language?
-- Grain: one row per day, publisher and language with an article, and one row without a day per publisher and language
--        of an undated article.
-- Scope: every article, once; the publisher 'unknown' where nothing names one, the language 'und' where it is not sure.
--        The undated articles are the rows whose day is NULL. The rows add up to weeks, months, quarters and years.
-- Limits: rows come in no order. A day on which a publisher published nothing has no row: mart.source_silences has the
--         gaps.
CREATE VIEW mart.daily_source_counts AS
SELECT
    calendar.day,
    calendar.week_start AS week,
    calendar.month_start AS month,
    calendar.quarter_start AS quarter,
    of_day.publisher_id,
    publisher.name AS publisher_name,
    publisher.kind AS publisher_kind,
    publisher.country_code AS publisher_country_code,
    of_day.language,
    of_day.article_count
FROM core.publisher_day_count AS of_day
-- LEFT JOIN although each has its row: a join that a question does not use is then left out of its plan.
LEFT JOIN core.source AS publisher ON publisher.source_id = of_day.publisher_id
LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on;

COMMENT ON COLUMN mart.daily_source_counts.day IS 'The day; NULL for the undated articles';
COMMENT ON COLUMN mart.daily_source_counts.week IS 'Monday of the day''s ISO 8601 week; NULL with day';
COMMENT ON COLUMN mart.daily_source_counts.month IS 'First day of the day''s month; NULL with day';
COMMENT ON COLUMN mart.daily_source_counts.quarter IS 'First day of the day''s quarter; NULL with day';
COMMENT ON COLUMN mart.daily_source_counts.publisher_id IS 'Key of who published the articles; unknown where nothing says';
COMMENT ON COLUMN mart.daily_source_counts.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.daily_source_counts.publisher_kind IS 'agency, state_agency, newspaper, portal, broadcaster, …; unknown where not looked into';
COMMENT ON COLUMN mart.daily_source_counts.publisher_country_code IS 'Home country of the publisher, ISO 3166-1 alpha-2; NULL for an international or unknown one';
COMMENT ON COLUMN mart.daily_source_counts.language IS 'ISO 639-1 code of the texts'' language; und where it is not sure';
COMMENT ON COLUMN mart.daily_source_counts.article_count IS 'Articles of the publisher on the day, in the language';
