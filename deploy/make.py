"""Writes what is generated in this folder: `python -m deploy.make`. A test holds the files to the code.

template.json            the parameters of the Flex Template, from the configuration and the README's settings
terraform/tables.json    the tables and views of BigQuery, from the records and the .sql files
"""

import json
import pathlib
import re

from pipeline import launch

FOLDER = pathlib.Path(__file__).parent
README = FOLDER.parent / "README.md"
_ROW = re.compile(r"^\| (`[^|]+`) \|(?: [^|]*)\| ([^|]+) \|$", re.MULTILINE)


def descriptions() -> dict[str, str]:
    """What each setting means, as the README's table of settings says it."""
    table = README.read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    return {name: text.strip() for names, text in _ROW.findall(table) for name in re.findall(r"`([^`]+)`", names)}


def generated() -> dict[pathlib.Path, str]:
    """The generated files and their contents."""
    return {FOLDER / "template.json": _json(launch.template(descriptions()))}


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, "utf-8")
