"""What becomes of each accepted input of a batch, by its keys alone: no text is sent to the database for it.

By the merge lock nobody else writes: what raw.input holds now is what counts, not what was looked up before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from psycopg import Connection

from etl.load.encode import Encoded


class Classified(NamedTuple):
    """The outcome of one input: inserted, updated, unchanged, duplicate, or rejected where its key belongs to another
    identity (the caller writes the reject).

    standing_id: the article that its document belongs to.
    is_settled: nothing is to be written: the input is there in this very version (another load was faster), or, when
        renormalizing, a load has replaced the document meanwhile.
    is_new: inserted, and none of its keys is in any table.
    row_sha256: of what the article says once a person's corrections are put over it.
    """

    outcome: str
    standing_id: int
    is_settled: bool
    is_new: bool
    row_sha256: bytes


# A duplicate is a new input whose text an article says, once the items before it are written. The first of them stands.
_CLASSIFY = """
WITH item AS (
    SELECT *
    FROM unnest(
        %(article_id)b::bigint[], %(identity)b::text[], %(text_sha256)b::bytea[], %(row_sha256)b::bytea[],
        %(input_id)b::bigint[], %(fingerprint)b::bytea[], %(document_id)b::bigint[]
    ) WITH ORDINALITY
        AS t (article_id, identity, text_sha256, said_sha256, input_id, fingerprint, document_id, item_no)
), corrected AS (
    SELECT article_id, string_agg(concat_ws('|', published_on, EXTRACT(epoch FROM published_at), publisher_id, reason),
        '|' ORDER BY corrected_at) AS words
    FROM ops.correction
    WHERE article_id = ANY (%(article_id)b::bigint[])
    GROUP BY article_id
), text_owner AS (
    SELECT
        s.item_no,
        COALESCE(standing.article_id, first_value(s.article_id) OVER same_text) AS article_id
    FROM item AS s
    LEFT JOIN LATERAL (
        SELECT min(f.article_id) AS article_id
        FROM core.text_fingerprint AS f
        WHERE f.text_sha256 = s.text_sha256
            AND NOT EXISTS (
                SELECT FROM item AS other
                WHERE other.article_id = f.article_id
                    AND other.text_sha256 <> s.text_sha256
                    AND other.item_no < s.item_no
            )
    ) AS standing ON true
    WINDOW same_text AS (PARTITION BY s.text_sha256 ORDER BY s.item_no)
), looked_up AS (
    SELECT
        s.*,
        a.article_id IS NOT NULL AS is_known,
        a.identity AS known_identity,
        a.row_sha256 AS known_sha256,
        o.article_id AS owner_id,
        CASE WHEN c.words IS NULL THEN s.said_sha256 ELSE sha256(s.said_sha256 || convert_to(c.words, 'UTF8')) END
            AS row_sha256,
        COALESCE(
            CASE
                WHEN %(is_renormalizing)s THEN a.document_id <> s.document_id
                ELSE i.fingerprint = s.fingerprint AND i.outcome <> 'rejected'
            END,
            false
        ) AS is_settled,
        i.input_id IS NULL AND c.words IS NULL
            AND NOT EXISTS (SELECT FROM core.text_fingerprint AS f WHERE f.text_sha256 = s.text_sha256)
            AND NOT EXISTS (
                SELECT FROM raw.document AS d WHERE d.article_id = s.article_id AND d.document_id = s.document_id
            ) AS is_unseen
    FROM item AS s
    JOIN text_owner AS o USING (item_no)
    LEFT JOIN corrected AS c ON c.article_id = s.article_id
    LEFT JOIN core.article AS a ON a.article_id = s.article_id
    LEFT JOIN raw.input AS i ON i.input_id = s.input_id
), outcome AS (
    SELECT
        *,
        CASE
            WHEN is_settled THEN 'unchanged'
            WHEN known_identity <> identity THEN 'rejected'
            WHEN NOT is_known AND owner_id <> article_id THEN 'duplicate'
            WHEN NOT is_known THEN 'inserted'
            WHEN known_sha256 <> row_sha256 THEN 'updated'
            ELSE 'unchanged'
        END AS outcome
    FROM looked_up
)
SELECT
    outcome,
    CASE WHEN is_known THEN article_id ELSE owner_id END,
    is_settled,
    outcome = 'inserted' AND is_unseen,
    row_sha256
FROM outcome
ORDER BY item_no
"""


def classify(connection: Connection, batch: Sequence[Encoded], *, is_renormalizing: bool = False) -> list[Classified]:
    """The outcome of each input, in the order of the batch. No two of them have the same input or article.

    What a person corrected counts as part of what is read. When renormalizing, an article stays itself whatever its
    new text repeats.
    """
    if not batch:
        return []
    keys = {
        name: list(values)
        for name, values in zip(batch[0].keys._fields, zip(*(one.keys for one in batch), strict=True), strict=True)
    }
    found = connection.execute(_CLASSIFY, {**keys, "is_renormalizing": is_renormalizing}, binary=True)
    return [Classified(*row) for row in found]
