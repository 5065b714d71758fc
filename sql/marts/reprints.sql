-- Question: Who reprinted whom, and when?
-- Grain: one row per article that another publisher's article of the same story came before.
-- Scope: every article whose text was found to be that of the story's first article: word by word, in half its lines or
--        more, or in four of ten three-word sequences of both. Numbers must agree, and 7 days be enough.
-- Limits: rows come in no order. The first is the first that was loaded here, not always the author: agency_id says
--         whose wire it is where the text names it. A text without a date comes last in its story. An input that
--         repeats title and text word by word is no article, and not here: raw.input has it as a duplicate.
--         Translations are not found.
CREATE VIEW mart.reprints AS
SELECT
    story.story_id,
    first.publisher_id AS first_publisher_id,
    first_source.name AS first_publisher_name,
    original.published_on AS first_published_on,
    original.published_at AS first_published_at,
    original.title AS first_title,
    story.publisher_id,
    source.name AS publisher_name,
    article.published_on,
    article.published_at,
    article.title,
    (article.published_on - original.published_on)::bigint AS days_later,
    (extract(epoch FROM article.published_at - original.published_at) / 60)::bigint AS minutes_later,
    story.method,
    story.similarity,
    coalesce(article.agency_id, original.agency_id) AS agency_id,
    story.article_id
FROM core.story_group AS story
JOIN core.story_group AS first ON first.article_id = story.story_id
-- LEFT JOIN although each has its row: a join that a question does not use is then left out of its plan.
LEFT JOIN core.article AS article ON article.article_id = story.article_id
LEFT JOIN core.article AS original ON original.article_id = story.story_id
LEFT JOIN core.source AS source ON source.source_id = story.publisher_id
LEFT JOIN core.source AS first_source ON first_source.source_id = first.publisher_id
WHERE story.method <> 'first' AND (story.publisher_id <> first.publisher_id OR story.publisher_id = 'unknown');

COMMENT ON COLUMN mart.reprints.story_id IS 'Key of the article that was published first: the story''s key';
COMMENT ON COLUMN mart.reprints.first_publisher_id IS 'Who published it first; unknown where nothing says';
COMMENT ON COLUMN mart.reprints.first_publisher_name IS 'Name of that publisher';
COMMENT ON COLUMN mart.reprints.first_published_on IS 'Day of the first publication; NULL where the story has no day';
COMMENT ON COLUMN mart.reprints.first_published_at IS 'Minute of the first publication; NULL where only the day is known, or nothing';
COMMENT ON COLUMN mart.reprints.first_title IS 'Title of the first publication';
COMMENT ON COLUMN mart.reprints.publisher_id IS 'Who reprinted it; unknown where nothing says';
COMMENT ON COLUMN mart.reprints.publisher_name IS 'Name of the publisher who reprinted it';
COMMENT ON COLUMN mart.reprints.published_on IS 'Day of the reprint; NULL where not known';
COMMENT ON COLUMN mart.reprints.published_at IS 'Minute of the reprint; NULL where only the day is known, or nothing';
COMMENT ON COLUMN mart.reprints.title IS 'Title of the reprint';
COMMENT ON COLUMN mart.reprints.days_later IS 'Days between the two; NULL where one of them is not known';
COMMENT ON COLUMN mart.reprints.minutes_later IS 'Minutes between the two; NULL where one of them is not known. Below 0 where a day begins earlier elsewhere';
COMMENT ON COLUMN mart.reprints.method IS 'What shows it: same text, shared lines or similar';
COMMENT ON COLUMN mart.reprints.similarity IS 'How much of the text is the same, 0 to 1';
COMMENT ON COLUMN mart.reprints.agency_id IS 'Whose wire it is, as the reprint or the first says; NULL where neither names an agency';
COMMENT ON COLUMN mart.reprints.article_id IS 'Key of the reprint, as in mart.articles';
