-- Which events turned out to be another? One row per event that was merged, with the event that stands today.
WITH RECURSIVE steps AS (
  SELECT event_id, merged_into
  FROM (
    SELECT event_id, merged_into
    FROM {dataset}.events_log
    WHERE TRUE
    QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY revision DESC, last_reported_at DESC, merged_into) = 1
  ) AS newest
  WHERE merged_into IS NOT NULL
),
paths AS (
  SELECT event_id, merged_into, 1 AS length FROM steps
  UNION ALL  -- all that BigQuery knows here: a ring, which must not happen, would not end by itself
  SELECT p.event_id, s.merged_into, p.length + 1
  FROM paths AS p
  JOIN steps AS s ON s.event_id = p.merged_into
  WHERE p.length < 200
)
SELECT p.event_id, p.merged_into
FROM paths AS p
LEFT JOIN steps AS further ON further.event_id = p.merged_into
WHERE further.event_id IS NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY p.event_id ORDER BY p.merged_into) = 1
