-- What was published? One row per article: its newest version, in the story that it belongs to now.
SELECT
  a.article_id, a.url, a.page_url, a.feed_url, a.outlet, a.title, a.text, a.authors, a.language,
  a.published_at, a.published_at_source, a.fetched_at, a.word_count,
  COALESCE(m.merged_into, a.story_id) AS story_id, a.copy_of, a.version
FROM {dataset}.articles_log AS a
LEFT JOIN {dataset}.story_merges AS m ON m.story_id = a.story_id
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY a.article_id ORDER BY a.version DESC, a.fetched_at) = 1
