-- Question: Which articles say these words?
-- Grain: one row per article, 20 at most: of the newest 100 that have the words, those that rank highest. A phrase is
--        looked for in the newest 100 that have all words of the query.
-- Scope: title and body of every article, in its present version. The words are those of a web search: all of them in
--        any Russian inflection, "a phrase" in quotes, OR between alternatives, - before a word to leave out. A NULL
--        day or country sets no limit; undated articles match only where no day is given, and come last.
-- Limits: words in Kyrgyz, Kazakh, Uzbek and Tajik match only as they stand. Ranked is by how often and how near the
--         words stand, those of a title above all; articles that rank the same come newest first. Name days or a
--         country to reach older ones. The words found stand between ** in the snippet.
--         Over 20,000 articles it asks for its index: newshouse db index search.
CREATE FUNCTION mart.search_articles(
    query text,
    from_day date DEFAULT NULL,
    to_day date DEFAULT NULL,
    country text DEFAULT NULL
)
RETURNS TABLE (
    "position" bigint,
    rank numeric,
    article_id bigint,
    published_on date,
    publisher_name text,
    title text,
    snippet text,
    language text,
    url text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
-- A plan for these words, not for any: the newest articles one by one for a frequent word, the index for a rare one.
SET plan_cache_mode = force_custom_plan
SET max_parallel_workers_per_gather = 0
SET jit = off
-- For the matches of a frequent word: where they do not fit, the words of each of them are taken again.
SET work_mem = '64MB'
AS $$
DECLARE
    words CONSTANT tsquery := websearch_to_tsquery('pg_catalog.russian', query);
    -- The words of a phrase in any order: the index knows no order. What must not stand stays as it is.
    loose CONSTANT tsquery := CASE
        WHEN words::text LIKE '%!%' THEN words
        ELSE regexp_replace(words::text, '<(-|\d+)>', '&', 'g')::tsquery
    END;
    last_day CONSTANT date := least(to_day, (SELECT max(a.published_on) FROM core.article AS a));
    reach integer;
    found bigint[] := '{}';
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_index WHERE indexrelid = to_regclass('core.ix_article_words') AND indisvalid
    ) AND (SELECT reltuples FROM pg_class WHERE oid = 'core.article'::regclass) > 20000 THEN
        RAISE EXCEPTION 'the search has no index yet'
            USING HINT = 'Run: newshouse db index search', ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    -- The newest matches, without looking at the older ones of a frequent word: a month, a year, then all dated ones.
    FOREACH reach IN ARRAY ARRAY[31, 366, 1000000] LOOP
        found := ARRAY(
            SELECT a.article_id
            FROM core.article AS a
            WHERE core.article_words(a.title, a.body) @@ loose
                AND a.published_on > last_day - reach
                AND a.published_on <= last_day
                AND (from_day IS NULL OR a.published_on >= from_day)
                AND (country IS NULL OR EXISTS (
                    SELECT FROM core.article_country AS c
                    WHERE c.article_id = a.article_id AND c.country_code = country
                ))
            ORDER BY a.published_on DESC, a.article_id
            LIMIT 100
        );
        EXIT WHEN cardinality(found) = 100 OR from_day > last_day - reach;
    END LOOP;
    IF cardinality(found) < 100 AND from_day IS NULL AND to_day IS NULL THEN
        found := found || ARRAY(
            SELECT a.article_id
            FROM core.article AS a
            WHERE core.article_words(a.title, a.body) @@ loose
                AND a.published_on IS NULL
                AND (country IS NULL OR EXISTS (
                    SELECT FROM core.article_country AS c
                    WHERE c.article_id = a.article_id AND c.country_code = country
                ))
            ORDER BY a.article_id
            LIMIT 100 - cardinality(found)
        );
    END IF;
    RETURN QUERY
    WITH best AS (
        SELECT
            a.article_id,
            ts_rank_cd(core.article_words(a.title, a.body), words, 1)::numeric(8, 4) AS rank,
            a.published_on
        FROM core.article AS a
        WHERE a.article_id = ANY (found) AND (loose = words OR core.article_words(a.title, a.body) @@ words)
        ORDER BY 2 DESC, a.published_on DESC NULLS LAST, a.article_id
        LIMIT 20
    )
    SELECT
        row_number() OVER (ORDER BY best.rank DESC, best.published_on DESC NULLS LAST, best.article_id),
        best.rank,
        a.article_id,
        a.published_on,
        publisher.name,
        a.title,
        ts_headline(
            'pg_catalog.russian', a.body, words, 'StartSel=**, StopSel=**, MaxFragments=2, MaxWords=20, MinWords=8'
        ),
        a.language,
        a.url
    FROM best
    JOIN core.article AS a ON a.article_id = best.article_id
    JOIN core.source AS publisher ON publisher.source_id = a.publisher_id
    ORDER BY 1;
END
$$;
