-- Does every run balance? One row per run, step, fate (in, out, rejected, dead) and reason.
SELECT run_id, started_at, finished_at, step, fate, reason, count
FROM {dataset}.runs_log
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY run_id, step, fate, reason ORDER BY finished_at DESC) = 1
