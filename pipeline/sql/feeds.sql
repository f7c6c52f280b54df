-- How are the feeds now? One row per feed, as it stood after its last poll.
SELECT feed_url, outlet, polled_at, hold_until, etag, last_modified, failures
FROM {dataset}.feeds_log
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY feed_url ORDER BY polled_at DESC) = 1
