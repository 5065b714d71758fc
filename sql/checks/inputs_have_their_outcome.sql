-- Promise: Every input has one outcome, and what the outcome says is there: the article or the standing article with
--          the input's document, or a reject.
-- Severity: fail
-- Action: Load the input again; where its file is gone, compare with a backup.
-- Reads: history
SELECT
    input.input_id,
    input.origin,
    input.outcome,
    article.article_id,
    document.document_id
FROM raw.input AS input
LEFT JOIN core.article AS article ON article.article_id = input.article_id
LEFT JOIN raw.document AS document
    ON document.article_id = input.article_id
    AND document.document_id = input.document_id
WHERE CASE input.outcome
    WHEN 'rejected' THEN NOT EXISTS (
        SELECT
        FROM ops.rejected_item AS rejected
        WHERE rejected.input_id = input.input_id
    )
    ELSE article.article_id IS NULL OR document.document_id IS NULL
END
ORDER BY input.input_id;
