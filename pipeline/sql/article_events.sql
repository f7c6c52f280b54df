-- Who says what? One row per article and event that its newest version reports; an event that turned out to be another
-- goes by the id of that one.
SELECT
  e.article_id, e.url, e.rank, COALESCE(m.merged_into, e.event_id) AS event_id, e.event_type, e.event_mode,
  e.cameo_root, e.acled_event_type, e.acled_sub_event_type, e.realis, e.actors, e.recipients,
  e.happened_on, e.date_precision, e.date_text, e.place_name, e.admin1, e.country, e.latitude, e.longitude,
  e.geo_precision, e.killed_best, e.injured_best, e.confidence, e.sentence, e.char_start, e.char_end
FROM {dataset}.article_events_log AS e
JOIN {dataset}.articles AS a ON a.article_id = e.article_id AND a.version = e.article_version
LEFT JOIN {dataset}.event_merges AS m ON m.event_id = e.event_id
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY e.article_id, e.rank ORDER BY e.char_start) = 1
