"""Rows into a staging table by load jobs, which cost nothing; rows that BigQuery refuses are found and left out."""

import datetime
import io
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.bigquery.client import bigquery, run_job
from pipeline.bigquery.schema import schema_fields
from pipeline.destination import Refusal
from transforms.errors import DestinationError

STAGED_FOR = datetime.timedelta(days=1)  # a run that died leaves nothing for longer
MAX_REFUSED = 50  # rows of one load; more, and it is not the rows
REFUSED = frozenset({"invalid", "invalidValue"})  # what a load job says of its data


class Loaded(NamedTuple):
    """What became of a load: the number of rows in the table, and those that are not."""

    rows: int
    refused: tuple[Refusal, ...]


def load_rows(client: Any, address: str, name: str, rows: pa.Table) -> Loaded:
    """Makes the table at `address` hold `rows`, without those that BigQuery refuses.

    Each load replaces the table, so the last one stands: all rows, or those that are left.

    Args:
        name: of the jobs; the same name and rows do the same once.
    """
    staging = bigquery().Table(address, schema_fields(rows.schema))
    staging.expires = datetime.datetime.now(datetime.UTC) + STAGED_FOR
    client.create_table(staging, exists_ok=True)
    refused = dict(_refused(client, address, name, rows, 0))
    if not refused:
        return Loaded(rows.num_rows, ())
    rest = rows.filter(pa.array([n not in refused for n in range(rows.num_rows)]))
    if rest.num_rows:
        _load(client, address, f"{name}-rest", rest)
    return Loaded(rest.num_rows, tuple(refused.values()))


def _refused(client: Any, address: str, name: str, rows: pa.Table, first: int) -> Iterator[tuple[int, Refusal]]:
    """The numbers of the refused rows, by halving: one load if all are good, a few dozen for a bad one in millions."""
    from google.api_core import exceptions

    try:
        _load(client, address, name, rows)
        return
    except exceptions.GoogleAPICallError as error:
        if not {each.get("reason") for each in error.errors or ()} & REFUSED:
            raise
        said = error.errors[-1].get("message") or str(error)
    if rows.num_rows == 1:
        row = json.dumps(rows.to_pylist()[0], ensure_ascii=False, default=str)
        yield first, Refusal("refused", said, row)
        return
    found, half = 0, rows.num_rows // 2
    for side, start in (("a", 0), ("b", half)):
        part = rows.slice(start, half) if side == "a" else rows.slice(half)
        for number, refusal in _refused(client, address, f"{name}{side}", part, first + start):
            found += 1
            if found > MAX_REFUSED:
                raise DestinationError(f"{address}: BigQuery refuses more than {MAX_REFUSED} rows: {said}")
            yield number, refusal


def _load(client: Any, address: str, name: str, rows: pa.Table) -> None:
    lists = bigquery().ParquetOptions()
    lists.enable_list_inference = True  # else a list of x is a record of `list` and `element`
    config = bigquery().LoadJobConfig(
        source_format="PARQUET",
        write_disposition="WRITE_TRUNCATE",
        create_disposition="CREATE_IF_NEEDED",
        schema=schema_fields(rows.schema),
        parquet_options=lists,
    )
    file = io.BytesIO()
    pq.write_table(rows, file, compression="zstd", row_group_size=50_000)

    def start(job_id: str) -> Any:
        return client.load_table_from_file(file, address, rewind=True, job_config=config, job_id=job_id)

    run_job(client, name, start)
