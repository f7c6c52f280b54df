"""The tables and views of a dataset: made from the same records as the Parquet schema, and kept up with them.

TABLE_log           partitioned by `day` (of writing), clustered by its key
VIEW                the SELECT of pipeline/sql/VIEW.sql
newsbeam_lease      one row: which run may write, until when
newsbeam_commits    a row for each run that counts
staging_...         rows that wait for their commit; gone after a day whatever happens
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from pipeline.bigquery.client import bigquery, soon
from pipeline.tables import TABLES, Table
from pipeline.warehouse import VIEWS, view_sql
from transforms.errors import DestinationError

DAY = "day"
LEASE, COMMITS = "newsbeam_lease", "newsbeam_commits"
DAY_MS = 86_400_000
_TYPES = {
    pa.string(): "STRING",
    pa.int64(): "INTEGER",
    pa.float64(): "FLOAT",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BYTES",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMP",
}
BOOKKEEPING = {  # our own book-keeping: (column, type)
    LEASE: (("holder", "STRING"), ("taken_at", "TIMESTAMP"), ("held_until", "TIMESTAMP")),
    COMMITS: (("run_id", "STRING"), ("committed_at", "TIMESTAMP")),
}


def stored_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a log as BigQuery stores it: with the day of writing, which a folder has in its paths."""
    return pa.schema([pa.field(DAY, pa.date32(), metadata={"description": "the day of writing, UTC"}), *table.schema])


def schema_fields(schema: Iterable[pa.Field]) -> list[Any]:
    """An Arrow schema as BigQuery's: lists are REPEATED, structs are RECORDs, everything else may be null."""
    return [_schema_field(field) for field in schema]


def _schema_field(field: pa.Field) -> Any:
    repeated = pa.types.is_list(field.type)
    kind = field.type.value_type if repeated else field.type
    nested = schema_fields(kind) if pa.types.is_struct(kind) else ()
    description = (field.metadata or {}).get(b"description")
    return bigquery().SchemaField(
        field.name,
        "RECORD" if nested else _TYPES[kind],
        "REPEATED" if repeated else "NULLABLE",
        fields=nested,
        **({"description": description.decode()} if description else {}),
    )


def ensure_dataset(client: Any, dataset: str, location: str) -> Any:
    """The dataset `project.dataset`, made if there is none."""
    from google.api_core import exceptions

    try:
        return client.get_dataset(dataset, retry=soon())
    except exceptions.NotFound:
        made = bigquery().Dataset(dataset)
        made.location = location
        made.description = "News events, by newsbeam"
        return client.create_dataset(made, exists_ok=True)


def ensure_tables(client: Any, dataset: str, expire_days: int) -> None:
    """Makes the tables and views that are not there, adds columns that are new, brings views up to date.

    Args:
        expire_days: partitions go when they are older; 0 for never.
    """
    there = {found.table_id for found in client.list_tables(dataset)}
    for table in TABLES:
        _ensure_log(client, dataset, table, table.name in there, expire_days)
    for name in (LEASE, COMMITS):
        if name not in there:
            fields = [bigquery().SchemaField(*column) for column in BOOKKEEPING[name]]
            client.create_table(bigquery().Table(f"{dataset}.{name}", fields), exists_ok=True)
    for name in VIEWS:
        _ensure_view(client, dataset, name, name in there)


def _ensure_log(client: Any, dataset: str, table: Table, there: bool, expire_days: int) -> None:
    wanted = bigquery().Table(f"{dataset}.{table.name}", schema_fields(stored_schema(table)))
    wanted.description = table.description
    wanted.time_partitioning = bigquery().TimePartitioning(field=DAY, expiration_ms=expire_days * DAY_MS or None)
    wanted.clustering_fields = list(table.key)
    if not there:
        client.create_table(wanted, exists_ok=True)
        return
    found = client.get_table(wanted.reference)
    if found.time_partitioning is None or found.time_partitioning.field != DAY:
        raise DestinationError(f"bigquery:{dataset}: its {table.name} is none of ours; name another dataset")
    changed = []
    schema = merged(found.schema, wanted.schema)
    if schema != list(found.schema):
        found.schema, changed = schema, [*changed, "schema"]
    if (found.time_partitioning.expiration_ms or None) != wanted.time_partitioning.expiration_ms:
        found.time_partitioning, changed = wanted.time_partitioning, [*changed, "time_partitioning"]
    if changed:
        client.update_table(found, changed)


def merged(found: Sequence[Any], wanted: Sequence[Any]) -> list[Any]:
    """`found` with the columns of `wanted` that it lacks, at any depth. Columns that are there stay as they are."""
    fresh = {field.name: field for field in wanted}
    fields = [_merged_field(field, fresh.pop(field.name, None)) for field in found]
    return [*fields, *fresh.values()]


def _merged_field(found: Any, wanted: Any) -> Any:
    if wanted is None or not wanted.fields:
        return found
    nested = merged(found.fields, wanted.fields)
    if nested == list(found.fields):
        return found
    return bigquery().SchemaField(
        found.name, found.field_type, found.mode, fields=nested, description=wanted.description
    )


def _ensure_view(client: Any, dataset: str, name: str, there: bool) -> None:
    view = bigquery().Table(f"{dataset}.{name}")
    view.view_query = view_sql(name, f"`{dataset}`.")
    view.description = view.view_query.partition("\n")[0].removeprefix("-- ")
    if not there:
        client.create_table(view, exists_ok=True)
        return
    found = client.get_table(view.reference)
    if found.view_query != view.view_query:
        found.view_query = view.view_query
        client.update_table(found, ["view_query"])
