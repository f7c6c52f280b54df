-- How did the feeds answer? One row per poll of a feed.
SELECT
  feed_url, outlet, polled_at, outcome, http_status, entry_count, new_count, byte_count, duration_ms, next_poll_at,
  answer_url, truncated
FROM {dataset}.polls_log
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY feed_url, polled_at ORDER BY duration_ms) = 1
