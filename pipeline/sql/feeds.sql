-- How are the feeds now? One row per feed, as it stood after its last poll.
SELECT
  feed_url, outlet, polled_at, hold_until, changed_at, etag, last_modified, validators_lied_at, failures, gone_since,
  moved_to, adopted_url
FROM {dataset}.feeds_log
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY feed_url ORDER BY polled_at DESC) = 1
