-- Question: Which articles does the warehouse hold, and what is known about each?
-- Grain: one row per article.
-- Scope: every article, also undated ones, those of an unknown publisher and those that mention no country.
-- Limits: rows come in no order. The text itself is in mart.article_texts, so that an extract of this view stays
--         light; the readings of the date that lost are shown by `newshouse explain`.
CREATE VIEW mart.articles AS
SELECT
    article.article_id,
    article.identity,
    article.title,
    NOT article.title_is_derived AS title_is_printed,
    article.published_on,
    calendar.month_start AS published_month,
    article.published_at,
    article.published_precision,
    article.published_method,
    article.published_evidence,
    article.publisher_id,
    publisher.name AS publisher_name,
    publisher.kind AS publisher_kind,
    publisher.country_code AS publisher_country_code,
    article.publisher_method,
    article.publisher_evidence,
    article.agency_id,
    agency.name AS agency_name,
    article.language,
    article.url,
    nullif(array_to_string(article.authors, ', '), '') AS authors,
    mentioned.country_codes,
    mentioned.country_count,
    mentioned.mention_count,
    article.body_character_count::bigint AS body_character_count,
    article.body_confidence,
    article.version::bigint AS version,
    article.rule_version,
    article.loaded_at,
    article.changed_at
FROM core.article AS article
-- LEFT JOIN although a foreign key promises the row: a join that a question does not use is then left out of its plan.
LEFT JOIN core.source AS publisher ON publisher.source_id = article.publisher_id
LEFT JOIN core.source AS agency ON agency.source_id = article.agency_id
LEFT JOIN core.calendar AS calendar ON calendar.day = article.published_on
-- LATERAL, not a grouped join: a question about one month then sums up the mentions of that month's articles alone.
LEFT JOIN LATERAL (
    SELECT
        string_agg(counted.country_code, ', ' ORDER BY counted.mention_count DESC, counted.country_code)
            AS country_codes,
        count(*) AS country_count,
        coalesce(sum(counted.mention_count), 0)::bigint AS mention_count
    FROM core.article_country AS counted
    WHERE counted.article_id = article.article_id
) AS mentioned ON true;

COMMENT ON COLUMN mart.articles.article_id IS 'Key of the article, derived from its identity: the same in every warehouse';
COMMENT ON COLUMN mart.articles.identity IS 'What makes it the same article: the canonical URL, else the origin of the input';
COMMENT ON COLUMN mart.articles.title IS 'The printed headline, or the first sentence where none is printed';
COMMENT ON COLUMN mart.articles.title_is_printed IS 'True where the text prints a headline; false where the title is the first sentence';
COMMENT ON COLUMN mart.articles.published_on IS 'Day of publication in the zone it was given in, else the publisher''s; NULL where not known';
COMMENT ON COLUMN mart.articles.published_month IS 'First day of the month of published_on; NULL with it';
COMMENT ON COLUMN mart.articles.published_at IS 'Minute of publication; NULL where only the day is known, or nothing';
COMMENT ON COLUMN mart.articles.published_precision IS 'minute, day, partial (a day without a year: no date) or none';
COMMENT ON COLUMN mart.articles.published_method IS 'The rule that read the date; none where nothing was read';
COMMENT ON COLUMN mart.articles.published_evidence IS 'The exact words the date was read from; NULL where nothing was read';
COMMENT ON COLUMN mart.articles.publisher_id IS 'Key of who published this copy; unknown where nothing says';
COMMENT ON COLUMN mart.articles.publisher_name IS 'Name of the publisher';
COMMENT ON COLUMN mart.articles.publisher_kind IS 'agency, state_agency, newspaper, portal, broadcaster, …; unknown where not looked into';
COMMENT ON COLUMN mart.articles.publisher_country_code IS 'Home country of the publisher, ISO 3166-1 alpha-2; NULL for an international or unknown one';
COMMENT ON COLUMN mart.articles.publisher_method IS 'The rule that named the publisher; none where unknown';
COMMENT ON COLUMN mart.articles.publisher_evidence IS 'The words the publisher was read from; NULL where unknown';
COMMENT ON COLUMN mart.articles.agency_id IS 'Key of the agency whose wire it is; NULL where the text names none';
COMMENT ON COLUMN mart.articles.agency_name IS 'Name of the agency; NULL with agency_id';
COMMENT ON COLUMN mart.articles.language IS 'ISO 639-1 code of the text''s language; und where it is not sure';
COMMENT ON COLUMN mart.articles.url IS 'URL as it was given; NULL where none was';
COMMENT ON COLUMN mart.articles.authors IS 'Authors as printed, joined by a comma; NULL where none is printed';
COMMENT ON COLUMN mart.articles.country_codes IS 'ISO 3166-1 alpha-2 codes of the countries mentioned, the most mentioned first, joined by a comma; NULL where none is';
COMMENT ON COLUMN mart.articles.country_count IS 'Number of countries mentioned; 0 where none is';
COMMENT ON COLUMN mart.articles.mention_count IS 'Number of counted mentions of all countries';
COMMENT ON COLUMN mart.articles.body_character_count IS 'Length of the body in characters';
COMMENT ON COLUMN mart.articles.body_confidence IS '0 to 1: how sure it is that the body is the whole article and nothing else';
COMMENT ON COLUMN mart.articles.version IS '1, and one more for every change of the article';
COMMENT ON COLUMN mart.articles.rule_version IS 'Version of the rules that the article was normalised with';
COMMENT ON COLUMN mart.articles.loaded_at IS 'When the article came into the warehouse';
COMMENT ON COLUMN mart.articles.changed_at IS 'When it was changed last; loaded_at where it never was';
