-- Which events turned out to be another? One row per event that was merged, with the event that stands today.
WITH RECURSIVE steps AS (
  SELECT DISTINCT event_id, merged_into FROM {dataset}.events_log WHERE merged_into IS NOT NULL
),
paths AS (
  SELECT event_id, merged_into FROM steps
  UNION DISTINCT
  SELECT p.event_id, s.merged_into FROM paths AS p JOIN steps AS s ON s.event_id = p.merged_into
)
SELECT p.event_id, p.merged_into
FROM paths AS p
LEFT JOIN steps AS further ON further.event_id = p.merged_into
WHERE further.event_id IS NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY p.event_id ORDER BY p.merged_into) = 1
