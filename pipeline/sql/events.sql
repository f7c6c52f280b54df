-- What happened? One row per event: its newest revision, merged over all articles of its story.
SELECT
  e.event_id, e.revision, COALESCE(m.merged_into, e.story_id) AS story_id, e.event_type, e.event_mode, e.realis,
  e.actors, e.recipients, e.happened_on, e.happened_until, e.date_precision, e.date_text,
  e.place_name, e.admin1, e.country, e.latitude, e.longitude, e.geo_precision,
  e.killed_low, e.killed_best, e.killed_high, e.injured_low, e.injured_best, e.injured_high,
  e.headline, e.sentence, e.article_count, e.outlet_count, e.independent_count,
  e.first_reported_at, e.last_reported_at, e.confidence
FROM (
  SELECT *
  FROM {dataset}.events_log
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY revision DESC, last_reported_at DESC) = 1
) AS e
LEFT JOIN {dataset}.story_merges AS m ON m.story_id = e.story_id
WHERE e.article_count > 0
