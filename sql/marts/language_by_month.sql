-- Question: In which languages are the articles of each month written?
-- Grain: one row per month and language, and one row without a month per language of an undated article.
-- Scope: every article; the language 'und' where it is not sure. The undated articles are the rows whose month is NULL.
-- Limits: a month without an article in a language has no row for it.
CREATE VIEW mart.language_by_month AS
WITH counted AS (
    SELECT
        calendar.month_start AS month,
        of_day.language,
        sum(of_day.article_count)::bigint AS article_count
    FROM core.publisher_day_count AS of_day
    LEFT JOIN core.calendar AS calendar ON calendar.day = of_day.published_on
    GROUP BY calendar.month_start, of_day.language
),
totalled AS (
    SELECT
        month,
        language,
        article_count,
        (sum(article_count) OVER (PARTITION BY month))::bigint AS month_article_count
    FROM counted
)
SELECT
    month,
    language,
    article_count,
    month_article_count,
    (article_count::numeric / month_article_count)::numeric(5, 4) AS article_share
FROM totalled
ORDER BY month NULLS LAST, article_count DESC, language;

COMMENT ON COLUMN mart.language_by_month.month IS 'First day of the month; NULL for the undated articles';
COMMENT ON COLUMN mart.language_by_month.language IS 'ISO 639-1 code of the texts'' language; und where it is not sure';
COMMENT ON COLUMN mart.language_by_month.article_count IS 'Articles of the month in the language';
COMMENT ON COLUMN mart.language_by_month.month_article_count IS 'All articles of the month';
COMMENT ON COLUMN mart.language_by_month.article_share IS 'article_count / month_article_count, 0 to 1';
