-- What was reported on? One row per story: all articles on one real-world event. Copies of one text count once in
-- independent_count; the lead is the earliest article that copies no other.
SELECT
  story_id,
  MAX(CASE WHEN place = 1 THEN title END) AS headline,
  MIN(told_at) AS first_published_at,
  MAX(told_at) AS last_published_at,
  COUNT(*) AS article_count,
  COUNT(DISTINCT outlet) AS outlet_count,
  COUNT(DISTINCT COALESCE(copy_of, article_id)) AS independent_count,
  MAX(CASE WHEN place = 1 THEN article_id END) AS lead_article_id
FROM (
  SELECT
    story_id, article_id, copy_of, outlet, title, COALESCE(published_at, fetched_at) AS told_at,
    ROW_NUMBER() OVER (
      PARTITION BY story_id
      ORDER BY CASE WHEN copy_of IS NULL THEN 0 ELSE 1 END, COALESCE(published_at, fetched_at), article_id
    ) AS place
  FROM {dataset}.articles
) AS placed
GROUP BY story_id
