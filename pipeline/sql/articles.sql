-- What was published? One row per article: its newest version, in the story that it belongs to now.
SELECT
  a.article_id, a.url, a.page_url, a.feed_url, a.outlet, a.title, a.text, a.authors, a.language,
  a.published_at, a.published_at_source, a.fetched_at, a.word_count,
  COALESCE(m.merged_into, p.story_id) AS story_id, p.copy_of, a.version
FROM (
  SELECT *
  FROM {dataset}.articles_log
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY article_id ORDER BY version DESC, fetched_at) = 1
) AS a
JOIN (
  -- Where an article belongs can change after it was written: an earlier carrier of its text may come later.
  SELECT article_id, story_id, copy_of
  FROM {dataset}.signatures_log
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY article_id ORDER BY revision DESC) = 1
) AS p ON p.article_id = a.article_id
LEFT JOIN {dataset}.story_merges AS m ON m.story_id = p.story_id
