-- What failed? One row per element that failed; replayed_at tells when it came through after all.
SELECT dead_letter_id, stage, reason, message, key, payload, failed_at, attempts, retry_at, replayed_at
FROM {dataset}.dead_letters_log
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY dead_letter_id ORDER BY COALESCE(replayed_at, failed_at) DESC, attempts DESC
) = 1
