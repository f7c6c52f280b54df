"""The right to write: one row that says which run holds the dataset, and until when.

Whoever changes the row first has it, since BigQuery applies changes of one table one after the other. It is renewed
while its run works, so that a run which died holds the dataset for minutes and no longer.
"""

import contextlib
import datetime
import os
import re
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.bigquery.client import bigquery, plain_errors
from pipeline.bigquery.schema import LEASE
from transforms.errors import DestinationError, NewsbeamError

SECONDS = 600
RENEWALS = 4  # while it lasts
UNTIL = f"TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL {SECONDS} SECOND)"
_LONG_AGO = "TIMESTAMP '1970-01-01'"


def new_holder() -> str:
    """A name that no other run has, and that tells people which one it is."""
    now = datetime.datetime.now(datetime.UTC)
    host = re.sub(r"[^\w.-]", "_", socket.gethostname())  # it becomes part of SQL
    return f"process {os.getpid()} on {host} since {now:%Y-%m-%d %H:%M:%S} UTC ({uuid.uuid4().hex[:6]})"


@contextlib.contextmanager
def lease(open_client: Callable[[], Any], dataset: str, holder: str) -> Iterator[None]:
    """Holds the dataset `project.dataset`. DestinationError if another run does."""
    with plain_errors(f"bigquery:{dataset}"):
        _take(open_client(), dataset, holder)
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(open_client, dataset, holder, ended), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        ended.set()
        renewing.join()
        with plain_errors(f"bigquery:{dataset}"):
            expire(open_client(), dataset, holder)


def expire(client: Any, dataset: str, holder: str) -> None:
    """Ends the lease, if `holder` has it."""
    _update(client, dataset, holder, f"held_until = {_LONG_AGO}", "holder = @holder")


def _take(client: Any, dataset: str, holder: str) -> None:
    table = f"`{dataset}.{LEASE}`"
    client.query(
        f"MERGE {table} USING (SELECT 1 AS one) ON TRUE WHEN NOT MATCHED THEN "
        f"INSERT (holder, taken_at, held_until) VALUES ('', {_LONG_AGO}, {_LONG_AGO})"
    ).result()
    changes = f"holder = @holder, taken_at = CURRENT_TIMESTAMP(), held_until = {UNTIL}"
    if _update(client, dataset, holder, changes, "held_until < CURRENT_TIMESTAMP()"):
        return
    [row] = client.query(f"SELECT holder, held_until FROM {table}").result()
    if row.holder != holder:  # else the answer to our first try was lost
        raise DestinationError(
            f"bigquery:{dataset}: in use by {row.holder}; wait for it, or name another dataset. "
            f"If that run is dead, its hold ends at {row.held_until:%H:%M:%S} UTC"
        )


def _renew(open_client: Callable[[], Any], dataset: str, holder: str, ended: threading.Event) -> None:
    """Until `ended`. What fails here is not said: a commit without the lease fails, and says so."""
    while not ended.wait(SECONDS / RENEWALS):
        with contextlib.suppress(NewsbeamError), plain_errors(dataset):
            _update(open_client(), dataset, holder, f"held_until = {UNTIL}", "holder = @holder")


def _update(client: Any, dataset: str, holder: str, changes: str, where: str) -> int:
    """How many rows changed: 1, or 0 if the lease is not as `where` says."""
    us = bigquery().ScalarQueryParameter("holder", "STRING", holder)
    config = bigquery().QueryJobConfig(query_parameters=[us])
    job = client.query(f"UPDATE `{dataset}.{LEASE}` SET {changes} WHERE {where}", job_config=config)
    job.result()
    return job.num_dml_affected_rows or 0
