-- What happened? One row per event: its newest revision, merged over all articles of its story. An event that no
-- newest version of an article reports any more is gone, and so is one that turned out to be another: what other stories
-- tell of it counts for the toll, the latest for `best`. `changes` are the columns in which the revision differs from the
-- one before.
WITH newest AS (
  SELECT *
  FROM {dataset}.events_log
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY revision DESC, last_reported_at DESC) = 1
),
counts AS (  -- of each event, and of those that turned out to be it
  SELECT
    COALESCE(m.merged_into, n.event_id) AS event_id, n.killed_low, n.killed_best, n.killed_high,
    n.injured_low, n.injured_best, n.injured_high,
    ROW_NUMBER() OVER (
      PARTITION BY COALESCE(m.merged_into, n.event_id)
      ORDER BY CASE WHEN n.killed_best IS NULL THEN 1 ELSE 0 END, n.last_reported_at DESC, n.event_id
    ) AS killed_age,
    ROW_NUMBER() OVER (
      PARTITION BY COALESCE(m.merged_into, n.event_id)
      ORDER BY CASE WHEN n.injured_best IS NULL THEN 1 ELSE 0 END, n.last_reported_at DESC, n.event_id
    ) AS injured_age
  FROM newest AS n
  LEFT JOIN {dataset}.event_merges AS m ON m.event_id = n.event_id
  WHERE n.article_count > 0
),
tolls AS (
  SELECT
    event_id, MIN(killed_low) AS killed_low, MAX(CASE WHEN killed_age = 1 THEN killed_best END) AS killed_best,
    MAX(killed_high) AS killed_high, MIN(injured_low) AS injured_low,
    MAX(CASE WHEN injured_age = 1 THEN injured_best END) AS injured_best, MAX(injured_high) AS injured_high
  FROM counts
  GROUP BY event_id
)
SELECT
  e.event_id, e.revision, e.changes, COALESCE(m.merged_into, e.story_id) AS story_id, e.event_type, e.event_mode,
  e.cameo_root, e.acled_event_type, e.acled_sub_event_type, e.realis, e.actors, e.recipients, e.happened_on, e.happened_until, e.date_precision, e.date_text,
  e.place_name, e.admin1, e.country, e.latitude, e.longitude, e.geo_precision,
  tolls.killed_low, tolls.killed_best, tolls.killed_high, tolls.injured_low, tolls.injured_best, tolls.injured_high,
  e.headline, e.sentence, told.article_count, told.outlet_count, told.independent_count,
  e.first_reported_at, e.last_reported_at, e.confidence
FROM newest AS e
JOIN tolls ON tolls.event_id = e.event_id
JOIN (
  SELECT
    c.event_id,
    COUNT(DISTINCT a.article_id) AS article_count,
    COUNT(DISTINCT a.outlet) AS outlet_count,
    COUNT(DISTINCT COALESCE(a.copy_of, a.article_id)) AS independent_count
  FROM {dataset}.article_events AS c
  JOIN {dataset}.articles AS a ON a.article_id = c.article_id
  GROUP BY c.event_id
) AS told ON told.event_id = e.event_id
LEFT JOIN {dataset}.story_merges AS m ON m.story_id = e.story_id
