-- Promise: Every stored document belongs to an article and an input, and every article to the document it was read from.
-- Severity: fail
-- Action: Rows were removed outside of newshouse, or a restore is incomplete: compare with a backup.
-- Reads: history
SELECT
    'a document without its article or input' AS what,
    document.article_id,
    document.document_id
FROM raw.document AS document
LEFT JOIN core.article AS article ON article.article_id = document.article_id
LEFT JOIN raw.input AS input ON input.input_id = document.input_id
WHERE article.article_id IS NULL OR input.input_id IS NULL
UNION ALL
SELECT
    'an article without its document',
    article.article_id,
    article.document_id
FROM core.article AS article
LEFT JOIN raw.document AS document
    ON document.article_id = article.article_id
    AND document.document_id = article.document_id
WHERE document.document_id IS NULL
ORDER BY 1, 2, 3;
