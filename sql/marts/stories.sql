-- Question: Which stories are there, and how many articles and publishers carried each?
-- Grain: one row per story: articles of one text. Most stories have one article.
-- Scope: every article, in exactly one story.
-- Limits: rows come in no order. Otherwise as those of mart.reprints. The days are those of the dated articles.
CREATE VIEW mart.stories AS
SELECT
    original.article_id AS story_id,
    original.title,
    original.publisher_id AS first_publisher_id,
    original.published_on AS first_published_on,
    coalesce(story.last_published_on, original.published_on) AS last_published_on,
    coalesce(story.article_count, 1) AS article_count,
    coalesce(story.publisher_count, 1) AS publisher_count,
    coalesce(story.publisher_ids, original.publisher_id) AS publisher_ids
FROM core.article AS original
LEFT JOIN core.story_group AS membership ON membership.article_id = original.article_id
LEFT JOIN core.story AS story ON story.story_id = original.article_id
WHERE membership.article_id IS NULL OR membership.method = 'first';

COMMENT ON COLUMN mart.stories.story_id IS 'Key of the article that was published first, as in mart.articles';
COMMENT ON COLUMN mart.stories.title IS 'Its title';
COMMENT ON COLUMN mart.stories.first_publisher_id IS 'Who published it first; unknown where nothing says';
COMMENT ON COLUMN mart.stories.first_published_on IS 'Day of the first article; NULL where no article of the story has one';
COMMENT ON COLUMN mart.stories.last_published_on IS 'Day of the last dated article; NULL where none is dated';
COMMENT ON COLUMN mart.stories.article_count IS 'Articles of the story, the first included';
COMMENT ON COLUMN mart.stories.publisher_count IS 'Publishers of the story; unknown counts as one';
COMMENT ON COLUMN mart.stories.publisher_ids IS 'Those publishers, joined by a comma';
