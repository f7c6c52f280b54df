-- What happened? One row per event: its newest revision, merged over all articles of its story. An event that no
-- newest version of an article reports any more is gone, and so is one that turned out to be another. `changes` are the
-- columns in which the revision differs from the one before.
SELECT
  e.event_id, e.revision, e.changes, COALESCE(m.merged_into, e.story_id) AS story_id, e.event_type, e.event_mode,
  e.cameo_root, e.acled_event_type, e.acled_sub_event_type, e.realis, e.actors, e.recipients, e.happened_on, e.happened_until, e.date_precision, e.date_text,
  e.place_name, e.admin1, e.country, e.latitude, e.longitude, e.geo_precision,
  e.killed_low, e.killed_best, e.killed_high, e.injured_low, e.injured_best, e.injured_high,
  e.headline, e.sentence, told.article_count, told.outlet_count, told.independent_count,
  e.first_reported_at, e.last_reported_at, e.confidence
FROM (
  SELECT *
  FROM {dataset}.events_log
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY revision DESC, last_reported_at DESC) = 1
) AS e
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
