"""The SQL of the merge, in the order it runs: correct, classify, then write what differs.

Placeholders in braces are lists of columns (etl.load.merge fills them in); those in %(…)s are bound.
"""

from __future__ import annotations

# What a person corrected stands over what the rules found: the latest correction of each value.
CORRECT_DATES = """
UPDATE stage_item AS s
SET published_on = c.published_on,
    published_at = c.published_at,
    published_precision = CASE WHEN c.published_at IS NULL THEN 'day' ELSE 'minute' END,
    published_method = 'correction',
    published_evidence = c.reason,
    row_sha256 = sha256(s.row_sha256 || convert_to(
        concat_ws('|', c.published_on, EXTRACT(epoch FROM c.published_at), c.reason), 'UTF8'
    ))
FROM (
    SELECT DISTINCT ON (article_id) article_id, published_on, published_at, reason
    FROM ops.correction
    WHERE published_on IS NOT NULL
    ORDER BY article_id, corrected_at DESC
) AS c
WHERE c.article_id = s.article_id
"""

CORRECT_PUBLISHERS = """
UPDATE stage_item AS s
SET publisher_id = c.publisher_id,
    publisher_method = 'correction',
    publisher_evidence = c.reason,
    row_sha256 = sha256(s.row_sha256 || convert_to(concat_ws('|', c.publisher_id, c.reason), 'UTF8'))
FROM (
    SELECT DISTINCT ON (article_id) article_id, publisher_id, reason
    FROM ops.correction
    WHERE publisher_id IS NOT NULL
    ORDER BY article_id, corrected_at DESC
) AS c
WHERE c.article_id = s.article_id
"""

# By the merge lock nobody else writes: what raw.input holds now is what counts, not what the batch looked up before.
#   is_settled: the input is there in this very version (another load was faster), or, when renormalizing, a load has
#               replaced the document meanwhile: nothing is written for it.
#   duplicate:  a new input whose text an article says now, or will after this batch; the first of a batch stands.
CLASSIFY = """
INSERT INTO stage_outcome (item_no, outcome, standing_id, is_settled)
WITH text_owner AS (
    SELECT
        s.item_no,
        COALESCE(f.article_id, first_value(s.article_id) OVER same_text) AS article_id
    FROM stage_item AS s
    LEFT JOIN core.text_fingerprint AS f
        ON f.text_sha256 = s.text_sha256
        AND NOT EXISTS (
            SELECT FROM stage_item AS other
            WHERE other.article_id = f.article_id AND other.text_sha256 <> s.text_sha256
        )
    WINDOW same_text AS (PARTITION BY s.text_sha256 ORDER BY s.item_no)
)
SELECT
    s.item_no,
    CASE
        WHEN settled.is_so THEN 'unchanged'
        WHEN a.identity <> s.identity THEN 'rejected'
        WHEN a.article_id IS NULL AND o.article_id <> s.article_id THEN 'duplicate'
        WHEN a.article_id IS NULL THEN 'inserted'
        WHEN a.row_sha256 <> s.row_sha256 THEN 'updated'
        ELSE 'unchanged'
    END,
    CASE WHEN a.article_id IS NULL THEN o.article_id ELSE s.article_id END,
    settled.is_so
FROM stage_item AS s
JOIN text_owner AS o USING (item_no)
LEFT JOIN core.article AS a ON a.article_id = s.article_id
LEFT JOIN raw.input AS i ON i.input_id = s.input_id
CROSS JOIN LATERAL (
    SELECT COALESCE(
        CASE
            WHEN %(is_renormalizing)s THEN a.document_id <> s.document_id
            ELSE i.fingerprint = s.fingerprint AND i.outcome <> 'rejected'
        END,
        false
    ) AS is_so
) AS settled
"""

SOURCES = """
INSERT INTO core.source (source_id, name, kind, languages, needs_review)
SELECT DISTINCT ON (named.source_id) named.source_id, named.name, 'unknown', '', true
FROM (
    SELECT publisher_id AS source_id, COALESCE(publisher_evidence, publisher_id) AS name FROM stage_item
    UNION ALL
    SELECT agency_id, agency_evidence FROM stage_item WHERE agency_id IS NOT NULL
    UNION ALL
    SELECT source_id, name FROM stage_citation WHERE source_id IS NOT NULL
) AS named
WHERE NOT EXISTS (SELECT FROM core.source AS known WHERE known.source_id = named.source_id)
ORDER BY named.source_id, named.name
"""

KEEP_VERSION = """
INSERT INTO core.article_version
    (article_id, version, document_id, valid_from, valid_to, replaced_run_id, {columns})
SELECT a.article_id, a.version, a.document_id, a.changed_at, greatest(%(now)s, a.changed_at), %(run_id)s, {of_article}
FROM stage_outcome AS o
JOIN stage_item AS s USING (item_no)
JOIN core.article AS a ON a.article_id = s.article_id
WHERE o.outcome = 'updated'
"""

UPDATE = """
UPDATE core.article AS a
SET ({columns}) = ROW ({of_stage}),
    document_id = s.document_id,
    version = a.version + 1,
    changed_run_id = %(run_id)s,
    changed_at = greatest(%(now)s, a.changed_at)  -- clocks of two machines differ
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE a.article_id = s.article_id AND o.outcome = 'updated'
"""

INSERT = """
INSERT INTO core.article
    (article_id, identity, document_id, version, first_run_id, changed_run_id, loaded_at, changed_at,
     {columns})
SELECT s.article_id, s.identity, s.document_id, 1, %(run_id)s, %(run_id)s, %(now)s, %(now)s,
     {of_stage}
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE o.outcome = 'inserted'
"""

FORGET_MENTIONS = """
DELETE FROM core.country_mention AS t
USING stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE t.article_id = s.article_id AND o.outcome = 'updated'
"""

FORGET_COUNTRIES = """
DELETE FROM core.article_country AS t
USING stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE t.article_id = s.article_id AND o.outcome = 'updated'
"""

FORGET_CITATIONS = """
DELETE FROM core.article_citation AS t
USING stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE t.article_id = s.article_id AND o.outcome = 'updated'
"""

CITATIONS = """
INSERT INTO core.article_citation ({citation_columns})
SELECT {of_citation}
FROM stage_citation AS c
JOIN stage_item AS s USING (article_id)
JOIN stage_outcome AS o USING (item_no)
WHERE o.outcome IN ('inserted', 'updated')
"""

MENTIONS = """
INSERT INTO core.country_mention ({mention_columns})
SELECT {of_mention}
FROM stage_mention AS m
JOIN stage_item AS s USING (article_id)
JOIN stage_outcome AS o USING (item_no)
WHERE o.outcome IN ('inserted', 'updated')
"""

COUNTRIES = """
INSERT INTO core.article_country (article_id, country_code, mention_count, is_in_title, is_in_lead)
SELECT m.article_id, m.country_code, count(*), bool_or(m.zone = 'title'), bool_or(m.zone = 'lead')
FROM stage_mention AS m
JOIN stage_item AS s USING (article_id)
JOIN stage_outcome AS o USING (item_no)
WHERE m.is_counted AND o.outcome IN ('inserted', 'updated')
GROUP BY m.article_id, m.country_code
"""

# Before the update: the text that a changed article no longer says finds no duplicates any more.
FORGET_TEXTS = """
DELETE FROM core.text_fingerprint AS f
USING stage_item AS s
JOIN stage_outcome AS o USING (item_no)
JOIN core.article AS a USING (article_id)
WHERE o.outcome = 'updated'
    AND a.text_sha256 <> s.text_sha256
    AND f.text_sha256 = a.text_sha256
    AND f.article_id = a.article_id
"""

# Inputs that repeated the text which a changed article no longer says stand for themselves: without a fingerprint the
# next load takes them for changed.
REVIVE_DUPLICATES = """
UPDATE raw.input AS i
SET fingerprint = ''
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
JOIN core.article AS a USING (article_id)
JOIN raw.document AS d USING (article_id)
WHERE o.outcome = 'updated'
    AND a.text_sha256 <> s.text_sha256
    AND i.input_id = d.input_id
    AND i.article_id = a.article_id
    AND i.outcome = 'duplicate'
    AND i.fingerprint <> ''
"""

FINGERPRINTS = """
INSERT INTO core.text_fingerprint (text_sha256, article_id)
SELECT s.text_sha256, s.article_id
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE o.outcome IN ('inserted', 'updated')
ON CONFLICT (text_sha256) DO NOTHING
"""

DOCUMENTS = """
INSERT INTO raw.document
    (article_id, document_id, input_id, content_sha256, byte_length, encoding, media_type, content, carrier, run_id,
     loaded_at)
SELECT o.standing_id, s.document_id, s.input_id, s.content_sha256, s.byte_length, s.encoding, s.media_type, s.content,
     s.carrier, %(run_id)s, %(now)s
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE o.outcome <> 'rejected' AND NOT o.is_settled
ON CONFLICT (article_id, document_id) DO NOTHING
"""

INPUTS = """
INSERT INTO raw.input AS known
    (input_id, origin, fingerprint, outcome, article_id, document_id, first_run_id, changed_run_id)
SELECT s.input_id, s.origin, s.fingerprint, CASE o.outcome WHEN 'duplicate' THEN 'duplicate' ELSE 'article' END,
     o.standing_id, s.document_id, %(run_id)s, %(run_id)s
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE o.outcome <> 'rejected' AND NOT o.is_settled
ON CONFLICT (input_id) DO UPDATE
SET fingerprint = EXCLUDED.fingerprint,
    outcome = EXCLUDED.outcome,
    article_id = EXCLUDED.article_id,
    document_id = EXCLUDED.document_id,
    changed_run_id = EXCLUDED.changed_run_id
WHERE (known.fingerprint, known.outcome, known.article_id, known.document_id)
    IS DISTINCT FROM (EXCLUDED.fingerprint, EXCLUDED.outcome, EXCLUDED.article_id, EXCLUDED.document_id)
"""

RESOLVE = """
UPDATE ops.rejected_item AS r
SET state = 'resolved', resolved_run_id = %(run_id)s, resolved_at = %(now)s
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE r.input_id = s.input_id AND r.state = 'open' AND o.outcome <> 'rejected'
"""

# Another version of the input that says the same: the article was read from it too.
MOVE_DOCUMENT = """
UPDATE core.article AS a
SET document_id = s.document_id
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE a.article_id = s.article_id
    AND o.outcome = 'unchanged'
    AND NOT o.is_settled
    AND a.document_id <> s.document_id
"""

STAMP_RULES = """
UPDATE core.article AS a
SET rule_version = s.rule_version
FROM stage_item AS s
JOIN stage_outcome AS o USING (item_no)
WHERE a.article_id = s.article_id
    AND o.outcome = 'unchanged'
    AND NOT o.is_settled
    AND a.rule_version <> s.rule_version
"""

# The rules that made an input a duplicate are not those of today: the next load looks at it again.
DOUBT_DUPLICATES = """
UPDATE raw.input SET fingerprint = '' WHERE outcome = 'duplicate' AND fingerprint <> ''
"""
