-- Question: Which articles should a person look at, and for what?
-- Grain: one row per article and doubt.
-- Scope: articles without a day of publication, with an unknown or unreviewed publisher, with a doubtful body or an
--        unsure language. An article that a person corrected is not in doubt about what was corrected.
-- Limits: rows come in no order. An article with several doubts has several rows.
CREATE VIEW mart.review_queue AS
WITH in_doubt AS (
    SELECT
        doubt.doubt,
        doubt.meaning,
        article.article_id,
        article.document_id,
        article.title,
        article.publisher_id,
        article.published_on,
        article.published_evidence,
        article.language,
        article.body_confidence,
        article.url,
        article.loaded_at
    FROM core.article AS article
    CROSS JOIN LATERAL (
        VALUES
            (article.published_precision = 'partial', 'partial date', 'a day is printed without its year'),
            (article.published_precision = 'none', 'undated', 'nothing says when it was published'),
            (article.publisher_id = 'unknown', 'unknown publisher', 'nothing names who published it'),
            (article.body_confidence < 0.5, 'doubtful body', 'body_confidence is below 0.5'),
            (article.language = 'und', 'unknown language', 'the language is not sure')
    ) AS doubt (applies, doubt, meaning)
    -- The condition of ix_article_in_doubt, word for word: the index holds no other article.
    WHERE doubt.applies
        AND (
            article.published_precision IN ('partial', 'none')
            OR article.publisher_id = 'unknown'
            OR article.body_confidence < 0.5
            OR article.language = 'und'
        )
    UNION ALL
    SELECT
        'unreviewed publisher',
        'nobody has looked at its publisher yet',
        article.article_id,
        article.document_id,
        article.title,
        article.publisher_id,
        article.published_on,
        article.published_evidence,
        article.language,
        article.body_confidence,
        article.url,
        article.loaded_at
    FROM core.source AS publisher
    JOIN core.article AS article ON article.publisher_id = publisher.source_id
    WHERE publisher.needs_review AND article.publisher_method <> 'correction'
)
SELECT
    in_doubt.doubt,
    in_doubt.meaning,
    in_doubt.article_id,
    in_doubt.title,
    publisher.name AS publisher_name,
    in_doubt.published_on,
    in_doubt.published_evidence,
    in_doubt.language,
    in_doubt.body_confidence,
    in_doubt.url,
    input.origin,
    in_doubt.loaded_at
FROM in_doubt
-- LEFT JOIN although each has its row: a join that a question does not use is then left out of its plan.
LEFT JOIN core.source AS publisher ON publisher.source_id = in_doubt.publisher_id
LEFT JOIN raw.document AS document
    ON document.article_id = in_doubt.article_id
    AND document.document_id = in_doubt.document_id
LEFT JOIN raw.input AS input ON input.input_id = document.input_id;

COMMENT ON COLUMN mart.review_queue.doubt IS 'Name of the doubt, as in mart.data_quality';
COMMENT ON COLUMN mart.review_queue.meaning IS 'What is doubtful';
COMMENT ON COLUMN mart.review_queue.article_id IS 'The article: newshouse explain and newshouse correct take it';
COMMENT ON COLUMN mart.review_queue.title IS 'The printed headline, or the first sentence';
COMMENT ON COLUMN mart.review_queue.publisher_name IS 'Who published it, as far as is known';
COMMENT ON COLUMN mart.review_queue.published_on IS 'Day of publication; NULL where it is not known';
COMMENT ON COLUMN mart.review_queue.published_evidence IS 'The words that were read as a date; NULL where there are none';
COMMENT ON COLUMN mart.review_queue.language IS 'ISO 639-1 code of the language; und where it is not sure';
COMMENT ON COLUMN mart.review_queue.body_confidence IS '0 to 1: how sure that the body is the whole article';
COMMENT ON COLUMN mart.review_queue.url IS 'URL as it was given; NULL where none was';
COMMENT ON COLUMN mart.review_queue.origin IS 'The input it was read from';
COMMENT ON COLUMN mart.review_queue.loaded_at IS 'When it was loaded';
