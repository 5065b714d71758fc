"""Articles and mentions made by SQL inside the database, to measure views at sizes that no load is waited for.

The shape is that of the news the warehouse is for: 88 sources and 40 countries, a few of which have most of it, 8 years
of days, one article in fifty undated, one in twenty-five without a country, ten mentions an article. The same rows for
the same size on every machine: what looks random is a hash of the row's number.
"""

from __future__ import annotations

from contextlib import suppress
from typing import LiteralString

from psycopg import Connection, errors

from etl.load import story_totals, summary

SOURCES, COUNTRIES, DAYS = 88, 40, 2922

# A number from 0 to 1 that depends on the row and on what it is for; the planner puts it in place.
_CHANCE: LiteralString = """
CREATE FUNCTION pg_temp.chance(row_no bigint, purpose integer) RETURNS double precision LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(row_no, purpose) & 1048575) / 1048576.0 $$
"""

_NAMES: LiteralString = """
CREATE TEMPORARY TABLE chosen_source AS
SELECT row_number() OVER (ORDER BY (source_id <> '24kg'), source_id) - 1 AS source_no, source_id,
    CASE WHEN languages LIKE 'ky%' THEN 'ky' WHEN languages LIKE 'en%' THEN 'en' ELSE 'ru' END AS language
FROM core.source WHERE source_id <> 'unknown'
ORDER BY source_no LIMIT 88;

CREATE TEMPORARY TABLE chosen_country AS
SELECT country_no - 1 AS country_no, country_code, min(name_id) AS name_id, min(lemma) AS lemma
FROM unnest(string_to_array('KG,KZ,RU,UZ,TJ,CN,US,TR,TM,JP,UA,AF,DE,IN,IR,BY,KR,AE,GB,FR,IT,PK,SA,PL,MN,AZ,GE,AM,'
    'IL,QA,CA,ES,CH,HU,FI,VN,MY,EG,ID,BR', ',')) WITH ORDINALITY AS chosen (country_code, country_no)
JOIN core.country_name USING (country_code)
WHERE kind = 'name' AND language = 'ru'
GROUP BY country_no, country_code;

CREATE TEMPORARY TABLE word AS
SELECT row_number() OVER (ORDER BY lemma) - 1 AS word_no, lemma
FROM (SELECT DISTINCT lemma FROM core.country_name WHERE language = 'ru' AND kind IN ('city', 'adjective')) AS words;

CREATE INDEX ON word (word_no);
ANALYZE word, chosen_source, chosen_country;

INSERT INTO ops.load_run (command, arguments, state, started_at, finished_at, rule_version)
VALUES ('load', 'benchmark', 'succeeded', now(), now(), 'benchmark');
"""

# Texts are words of a vocabulary of thousands, the frequent ones a thousand times as frequent as the rare. Twenty
# thousand of them go round: views do not look into them, and a search finds a word as often as among so many others.
_TEXTS: LiteralString = """
CREATE TEMPORARY TABLE made_text AS
SELECT
    text_no,
    string_agg(word.lemma, ' ' ORDER BY number) FILTER (WHERE number <= 7) AS title,
    string_agg(word.lemma, ' ' ORDER BY number) AS body
FROM generate_series(0, 19999) AS text_no
CROSS JOIN generate_series(1, %(words)s) AS number
JOIN word ON word.word_no = floor(%(vocabulary)s * pg_temp.chance(text_no * 1000 + number, 11) ^ 4)::bigint
GROUP BY text_no
"""

_ARTICLES: LiteralString = """
INSERT INTO core.article (article_id, identity, document_id, title, title_is_derived, body, body_confidence, language,
    language_confidence, publisher_id, publisher_method, publisher_evidence, agency_id, agency_method, agency_evidence,
    url, authors, published_on, published_at, published_precision, published_method, published_evidence,
    published_candidates, text_sha256, row_sha256, rule_version, version, first_run_id, changed_run_id, loaded_at,
    changed_at)
SELECT
    hashint8extended(n, 1) & 9223372036854775807,
    'https://news.example/' || n,
    n,
    text.title,
    pg_temp.chance(n, 2) < 0.1,
    text.body,
    CASE WHEN pg_temp.chance(n, 3) < 0.02 THEN 0.4 ELSE 0.95 END,
    CASE WHEN pg_temp.chance(n, 4) < 0.01 THEN 'und' ELSE coalesce(source.language, 'ru') END,
    0.9,
    coalesce(source.source_id, 'unknown'),
    CASE WHEN source.source_id IS NULL THEN 'none' ELSE 'url' END,
    CASE WHEN source.source_id IS NULL THEN NULL ELSE 'news.example' END,
    agency.source_id,
    CASE WHEN agency.source_id IS NULL THEN NULL ELSE 'dateline' END,
    CASE WHEN agency.source_id IS NULL THEN NULL ELSE 'wire' END,
    'https://news.example/' || n,
    '{}',
    published.day,
    CASE WHEN published.is_to_the_minute THEN published.day + n %% 600 * interval '1 minute' END,
    CASE WHEN published.is_to_the_minute THEN 'minute' WHEN published.day IS NULL THEN 'none' ELSE 'day' END,
    CASE WHEN published.day IS NULL THEN 'none' ELSE 'dateline' END,
    CASE WHEN published.day IS NULL THEN NULL ELSE 'printed' END,
    '[{"method": "printed_stamp", "precision": "minute", "day": "2024-01-01", "verdict": ""}]',
    sha256(int8send(n)),
    sha256(int8send(n)),
    'benchmark',
    1,
    run.run_id,
    run.run_id,
    coalesce(published.day, date '2024-06-01') + interval '1 day',
    coalesce(published.day, date '2024-06-01') + interval '1 day'
FROM generate_series(1, %(articles)s) AS n
CROSS JOIN (SELECT max(run_id) AS run_id FROM ops.load_run) AS run
CROSS JOIN LATERAL (
    SELECT
        CASE
            WHEN pg_temp.chance(n, 5) > 0.02 THEN date '2017-01-01' + (n::bigint * %(days)s / %(articles)s)::integer
        END,
        pg_temp.chance(n, 5) > 0.02 AND pg_temp.chance(n, 6) < 0.7
) AS published (day, is_to_the_minute)
LEFT JOIN chosen_source AS source
    ON source.source_no = floor(%(sources)s * pg_temp.chance(n, 7) ^ 2) AND pg_temp.chance(n, 8) > 0.03
LEFT JOIN chosen_source AS agency
    ON agency.source_no = floor(8 * pg_temp.chance(n, 9)) AND pg_temp.chance(n, 10) < 0.2
JOIN made_text AS text ON text.text_no = floor(20000 * pg_temp.chance(n, 12))::integer
ORDER BY n
"""

_MENTIONS: LiteralString = """
INSERT INTO core.country_mention (article_id, mention_no, country_code, name_id, kind, zone, start_offset, end_offset,
    surface, is_counted)
SELECT
    hashint8extended(n, 1) & 9223372036854775807,
    mention_no,
    country.country_code,
    country.name_id,
    'name',
    CASE WHEN mention_no = 1 AND pg_temp.chance(n, 2) BETWEEN 0.1 AND 0.6 THEN 'title'
        WHEN mention_no <= 3 THEN 'lead' ELSE 'body' END,
    mention_no * 20,
    mention_no * 20 + char_length(country.lemma),
    country.lemma,
    true
FROM generate_series(1, %(articles)s) AS n
CROSS JOIN LATERAL generate_series(1, (pg_temp.chance(n, 20) * 20.9)::integer) AS mention_no
JOIN chosen_country AS country ON country.country_no = floor(%(countries)s * pg_temp.chance(
    n * 100 + (pg_temp.chance(n * 1000 + mention_no, 21) ^ 2 * (1 + 5 * pg_temp.chance(n, 22)))::integer, 23) ^ 3)
ORDER BY n, mention_no
"""

_COUNTRIES: LiteralString = """
INSERT INTO core.article_country (article_id, country_code, mention_count, is_in_title, is_in_lead, published_on)
SELECT mention.article_id, country_code, count(*), bool_or(zone = 'title'), bool_or(zone = 'lead'), published_on
FROM core.country_mention AS mention
JOIN core.article AS article ON article.article_id = mention.article_id
GROUP BY mention.article_id, country_code, published_on
ORDER BY min(mention.ctid)
"""

_WITHOUT_COUNTRY: LiteralString = """
INSERT INTO core.article_without_country (article_id, published_on)
SELECT article_id, published_on
FROM core.article AS article
WHERE NOT EXISTS (SELECT FROM core.article_country AS counted WHERE counted.article_id = article.article_id)
"""

# A review needs an article's document and input; their texts are in nobody's way here.
_INPUTS: tuple[LiteralString, ...] = (
    """
INSERT INTO raw.input (input_id, origin, fingerprint, outcome, article_id, document_id, first_run_id, changed_run_id)
SELECT document_id, 'benchmark/' || document_id, sha256(''), 'article', article_id, document_id, first_run_id,
    changed_run_id
FROM core.article
""",
    """
INSERT INTO raw.document (article_id, document_id, input_id, content_sha256, byte_length, encoding, media_type, content,
    carrier, run_id, loaded_at)
SELECT article_id, document_id, document_id, sha256(''), 0, 'utf-8', 'text/plain', '', '{}', first_run_id, loaded_at
FROM core.article
""",
)


# One article in twenty is a story that the next two reprint.
_STORIES: LiteralString = """
INSERT INTO core.story_group (article_id, story_id, publisher_id, method, similarity)
SELECT
    hashint8extended(n, 1) & 9223372036854775807,
    hashint8extended(n - n %% 20, 1) & 9223372036854775807,
    'unknown', -- recounting says whose it is
    CASE WHEN n %% 20 = 0 THEN 'first' ELSE 'same text' END,
    1
FROM generate_series(20, %(articles)s - 1) AS n
WHERE n %% 20 <= 2
"""


def fill(connection: Connection, articles: int, words: int = 60) -> None:
    """Fill an empty warehouse over an autocommit connection. `words` is the length of a body."""
    sizes = {"articles": articles, "sources": SOURCES, "countries": COUNTRIES, "days": DAYS}
    with suppress(errors.InsufficientPrivilege):  # checking keys would take half of the time
        connection.execute("SET session_replication_role = replica")
    connection.execute("SET work_mem = '64MB'")  # for filling alone
    connection.execute(_CHANCE)
    connection.execute(_NAMES)
    ((vocabulary,),) = connection.execute("SELECT count(*) FROM word").fetchall()
    connection.execute(_TEXTS, {"words": words, "vocabulary": vocabulary})
    connection.execute(_ARTICLES, sizes)
    connection.execute(_MENTIONS, sizes)
    connection.execute(_COUNTRIES)
    connection.execute(_WITHOUT_COUNTRY)
    connection.execute(_STORIES, sizes)
    for statement in _INPUTS:
        connection.execute(statement)
    connection.execute("RESET session_replication_role")
    connection.execute("RESET work_mem")
    with connection.transaction():
        summary.recount(connection)
        story_totals.recount(connection)
    connection.execute("VACUUM ANALYZE")
