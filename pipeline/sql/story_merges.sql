-- Which stories turned out to be another? One row per story that was merged, with the story that stands today.
WITH RECURSIVE steps AS (
  SELECT story_id, merged_into
  FROM {dataset}.story_merges_log
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY story_id ORDER BY merged_at DESC, merged_into) = 1
),
paths AS (
  SELECT story_id, merged_into, 1 AS length FROM steps
  UNION ALL  -- all that BigQuery knows here: a ring, which must not happen, would not end by itself
  SELECT p.story_id, s.merged_into, p.length + 1
  FROM paths AS p
  JOIN steps AS s ON s.story_id = p.merged_into
  WHERE p.length < 200
)
SELECT p.story_id, p.merged_into
FROM paths AS p
LEFT JOIN steps AS further ON further.story_id = p.merged_into
WHERE further.story_id IS NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY p.story_id ORDER BY p.merged_into) = 1
