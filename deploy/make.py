"""Writes what is generated in this folder: `python -m deploy.make`. A test holds the files to the code.

template.json            the parameters of the Flex Template, from the configuration and the README's settings
terraform/tables.json    the tables and views of BigQuery, from the records and the .sql files
"""

import json
import pathlib
import re

from pipeline import launch
from pipeline.bigquery import schema
from pipeline.tables import TABLES
from pipeline.warehouse import VIEWS, view_sql

FOLDER = pathlib.Path(__file__).parent
README = FOLDER.parent / "README.md"
MAX_CLUSTERING = 4  # columns; BigQuery's limit
_ROW = re.compile(r"^\| (`[^|]+`) \|(?: [^|]*)\| ([^|]+) \|$", re.MULTILINE)


def descriptions() -> dict[str, str]:
    """What each setting means, as the README's table of settings says it."""
    table = README.read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    return {name: text.strip() for names, text in _ROW.findall(table) for name in re.findall(r"`([^`]+)`", names)}


def generated() -> dict[pathlib.Path, str]:
    """The generated files and their contents."""
    return {
        FOLDER / "template.json": _json(launch.template(descriptions())),
        FOLDER / "terraform" / "tables.json": _json({"tables": _tables(), "views": _views()}),
    }


def _tables() -> dict[str, dict]:
    logs = {
        table.name: {
            "description": table.description,
            "schema": _fields(schema.schema_fields(schema.stored_schema(table))),
            "clustering": list(table.key)[:MAX_CLUSTERING],
            "partitioned_by": schema.DAY,
        }
        for table in TABLES
    }
    own = {
        name: {
            "description": "Book-keeping of newsbeam.",
            "schema": [{"name": column, "type": kind, "mode": "NULLABLE"} for column, kind in columns],
            "clustering": None,
            "partitioned_by": None,
        }
        for name, columns in schema.BOOKKEEPING.items()
    }
    return logs | own


def _fields(fields: list) -> list[dict]:
    return [field.to_api_repr() for field in fields]


def _views() -> dict[str, dict]:
    """Each view with its level: 0 reads tables, 1 also views of level 0, and so on."""
    views: dict[str, dict] = {}
    for name in VIEWS:
        query = view_sql(name, "{dataset}.")
        read = set(re.findall(r"\{dataset\}\.(\w+)", query)) & set(views)
        views[name] = {
            "level": max((views[other]["level"] + 1 for other in read), default=0),
            "description": query.partition("\n")[0].removeprefix("-- "),
            "query": query,
        }
    return views


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, "utf-8")
