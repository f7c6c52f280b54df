-- What was left out, and why? One row per element and time; entries already known and unchanged feeds are only counted.
SELECT step, reason, key, rejected_at
FROM {dataset}.rejections_log
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY step, reason, key, rejected_at ORDER BY step) = 1
