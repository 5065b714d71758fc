"""The SQL that writes staged rows, in the order it runs. What becomes of each stands in stage_outcome.

Placeholders in braces are tables and lists of columns (etl.load.merge fills them in); those in %(…)s are bound.
"""

from __future__ import annotations

SOURCES = """
INSERT INTO core.source (source_id, name, kind, languages, needs_review)
SELECT DISTINCT ON (named.source_id) named.source_id, named.name, 'unknown', '', true
FROM unnest(%(ids)s::text[], %(names)s::text[]) AS named (source_id, name)
WHERE NOT EXISTS (SELECT FROM core.source AS known WHERE known.source_id = named.source_id)
ORDER BY named.source_id, named.name
"""

# What a person corrected stands over what the rules found: the latest correction of each value.
CORRECT_DATES = """
UPDATE stage_article AS s
SET published_on = c.published_on,
    published_at = c.published_at,
    published_precision = CASE WHEN c.published_at IS NULL THEN 'day' ELSE 'minute' END,
    published_method = 'correction',
    published_evidence = c.reason
FROM (
    SELECT DISTINCT ON (article_id) article_id, published_on, published_at, reason
    FROM ops.correction
    WHERE published_on IS NOT NULL
    ORDER BY article_id, corrected_at DESC
) AS c
WHERE c.article_id = s.article_id
"""

CORRECT_PUBLISHERS = """
UPDATE stage_article AS s
SET publisher_id = c.publisher_id,
    publisher_method = 'correction',
    publisher_evidence = c.reason
FROM (
    SELECT DISTINCT ON (article_id) article_id, publisher_id, reason
    FROM ops.correction
    WHERE publisher_id IS NOT NULL
    ORDER BY article_id, corrected_at DESC
) AS c
WHERE c.article_id = s.article_id
"""

# For the children that carry their article's day.
CORRECT_DAYS = """
UPDATE {stage} AS t
SET published_on = s.published_on
FROM stage_article AS s
WHERE s.article_id = t.article_id AND s.published_on IS DISTINCT FROM t.published_on
"""

CORRECT_HASHES = """
UPDATE stage_article AS s
SET row_sha256 = o.row_sha256
FROM stage_outcome AS o
WHERE o.article_id = s.article_id AND o.row_sha256 <> s.row_sha256
"""

KEEP_VERSION = """
INSERT INTO core.article_version
    (article_id, version, document_id, valid_from, valid_to, replaced_run_id, {normalized})
SELECT a.article_id, a.version, a.document_id, a.changed_at, greatest(%(now)s, a.changed_at), %(run_id)s,
     {normalized_of_article}
FROM stage_outcome AS o
JOIN core.article AS a USING (article_id)
WHERE o.outcome = 'updated'
"""

# Inputs that repeated the text which a changed article no longer says stand for themselves: without a fingerprint the
# next look-up takes them for changed.
REVIVE_DUPLICATES = """
UPDATE raw.input AS i
SET fingerprint = ''
FROM stage_outcome AS o
JOIN stage_article AS s USING (article_id)
JOIN core.article AS a USING (article_id)
JOIN raw.document AS d USING (article_id)
WHERE o.outcome = 'updated'
    AND a.text_sha256 <> s.text_sha256
    AND i.input_id = d.input_id
    AND i.article_id = a.article_id
    AND i.outcome = 'duplicate'
    AND i.fingerprint <> ''
"""

# Before the update: the text that a changed article no longer says finds no duplicates any more.
FORGET_TEXTS = """
DELETE FROM core.text_fingerprint AS f
USING stage_outcome AS o
JOIN stage_article AS s USING (article_id)
JOIN core.article AS a USING (article_id)
WHERE o.outcome = 'updated'
    AND a.text_sha256 <> s.text_sha256
    AND f.text_sha256 = a.text_sha256
    AND f.article_id = a.article_id
"""

UPDATE = """
UPDATE core.article AS a
SET ({normalized}) = ROW ({normalized_of_stage}),
    document_id = s.document_id,
    version = a.version + 1,
    changed_run_id = %(run_id)s,
    changed_at = greatest(%(now)s, a.changed_at)  -- clocks of two machines differ
FROM stage_article AS s
JOIN stage_outcome AS o USING (article_id)
WHERE a.article_id = s.article_id AND o.outcome = 'updated'
"""

INSERT = """
INSERT INTO core.article ({article_columns})
SELECT {article_columns_of_stage}
FROM stage_article AS s
JOIN stage_outcome AS o USING (article_id)
WHERE o.outcome = 'inserted'
"""

# An edit leaves most of an article's rows as they are: those stay, and so do their places in the indexes.
FORGET_CHILDREN = """
DELETE FROM {table} AS t
USING stage_outcome AS o
WHERE t.article_id = o.article_id
    AND o.outcome = 'updated'
    AND NOT EXISTS (
        SELECT
        FROM {stage} AS s
        WHERE ({key_of_stage}) = ({key_of_table}) AND ({columns_of_stage}) IS NOT DISTINCT FROM ({columns_of_table})
    )
"""

# OFFSET 0 has each row looked up by its key; for a large batch the planner would rather read the whole table.
CHILDREN = """
INSERT INTO {table} ({columns})
SELECT {columns_of_stage}
FROM {stage} AS s
JOIN stage_outcome AS o USING (article_id)
WHERE o.outcome IN ('inserted', 'updated')
    AND NOT EXISTS (SELECT FROM {table} AS t WHERE ({key_of_table}) = ({key_of_stage}) OFFSET 0)
"""

TEXTS = """
INSERT INTO core.text_fingerprint (text_sha256, article_id)
SELECT s.text_sha256, s.article_id
FROM stage_article AS s
JOIN stage_outcome AS o USING (article_id)
WHERE o.outcome IN ('inserted', 'updated')
ON CONFLICT DO NOTHING
"""

DOCUMENTS = """
INSERT INTO raw.document
    (article_id, document_id, input_id, content_sha256, byte_length, encoding, media_type, content, carrier, run_id,
     loaded_at)
SELECT o.standing_id, s.document_id, s.input_id, s.content_sha256, s.byte_length, s.encoding, s.media_type, s.content,
     s.carrier, s.run_id, s.loaded_at
FROM stage_document AS s
JOIN stage_outcome AS o USING (article_id)
ON CONFLICT (article_id, document_id) DO NOTHING
"""

# Another version of the input that says the same: the article was read from it too.
MOVE_DOCUMENT = """
UPDATE core.article AS a
SET document_id = s.document_id
FROM stage_article AS s
JOIN stage_outcome AS o USING (article_id)
WHERE a.article_id = s.article_id AND o.outcome = 'unchanged' AND a.document_id <> s.document_id
"""

INPUTS = """
INSERT INTO raw.input AS known
    (input_id, origin, fingerprint, outcome, article_id, document_id, first_run_id, changed_run_id)
SELECT s.input_id, s.origin, s.fingerprint, CASE o.outcome WHEN 'duplicate' THEN 'duplicate' ELSE 'article' END,
     o.standing_id, s.document_id, s.first_run_id, s.changed_run_id
FROM stage_input AS s
JOIN stage_outcome AS o USING (article_id)
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
FROM stage_input AS s
WHERE r.input_id = s.input_id AND r.state = 'open'
"""

STAMP_RULES = """
UPDATE core.article AS a
SET rule_version = s.rule_version
FROM stage_article AS s
JOIN stage_outcome AS o USING (article_id)
WHERE a.article_id = s.article_id AND o.outcome = 'unchanged' AND a.rule_version <> s.rule_version
"""

# The rules that made an input a duplicate are not those of today: the next load looks at it again.
DOUBT_DUPLICATES = """
UPDATE raw.input SET fingerprint = '' WHERE outcome = 'duplicate' AND fingerprint <> ''
"""
