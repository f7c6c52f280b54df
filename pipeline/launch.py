"""The Flex Template of the streaming job: which parameters it has, and the words of the command line that they mean.

Dataflow starts the launcher with the parameters of the template and its own options in one line of `--name=value`.
The first are made from the configuration: `fetch.contact` is the parameter `fetch_contact`.
"""

import dataclasses
import typing
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.config import Config

# Flags of `newsbeam run` that are parameters too: what they are, and what they must look like.
FLAGS = {
    "feeds": ("Feeds", "A TOML or OPML list of feeds: gs://bucket/file, an address, or secret:NAME.", r"^\S+$"),
    "pubsub": (
        "Pub/Sub subscription",
        "Addresses of pages, one a message: projects/PROJECT/subscriptions/NAME.",
        r"^projects/[^/\s]+/subscriptions/[^/\s]+$",
    ),
    "to": ("Destination", "bigquery:PROJECT.DATASET.", r"^bigquery:[^.\s]+\.\w+$"),
}
REQUIRED = frozenset({"to"})
NOT_OFFERED = frozenset({"fetch.allow_private_addresses"})  # on a cloud's network they are its own services
_KINDS = {bool: "BOOLEAN", int: "NUMBER", float: "NUMBER", str: "TEXT"}
_LOOKS = {bool: "^(true|false)$", int: "^[0-9]+$", float: r"^[0-9]+(\.[0-9]+)?$", str: "^.*$"}


def settings() -> dict[str, tuple[str, type, Any]]:
    """Every setting by the name of its parameter: section.key, type and default."""
    found = {}
    for section in dataclasses.fields(Config):
        types = typing.get_type_hints(section.type)
        for field in dataclasses.fields(section.type):
            name = f"{section.name}.{field.name}"
            if name not in NOT_OFFERED:
                found[name.replace(".", "_")] = name, types[field.name], field.default
    return found


def template(descriptions: Mapping[str, str]) -> dict[str, Any]:
    """The metadata of the template, as Dataflow's TemplateMetadata has it.

    Args:
        descriptions: what each setting means, by section.key.
    """
    flags = [
        {
            "name": name,
            "label": label,
            "helpText": text,
            "isOptional": name not in REQUIRED,
            "regexes": [looks],
            "paramType": "PUBSUB_SUBSCRIPTION" if name == "pubsub" else "TEXT",
        }
        for name, (label, text, looks) in FLAGS.items()
    ]
    return {
        "name": "newsbeam",
        "description": "From a list of news feeds to events in SQL: polls, fetches, reads and writes to BigQuery.",
        "streaming": True,
        "supportsAtLeastOnce": True,
        "supportsExactlyOnce": True,
        "defaultStreamingMode": "EXACTLY_ONCE",
        "parameters": flags + [_parameter(name, *found, descriptions) for name, found in settings().items()],
    }


def _parameter(name: str, setting: str, kind: type, default: Any, descriptions: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "label": setting,
        "helpText": descriptions[setting],
        "isOptional": True,
        "regexes": [_LOOKS[kind]],
        "paramType": _KINDS[kind],
        "defaultValue": str(default).lower() if kind is bool else str(default),
    }


def words_of(arguments: Iterable[str]) -> list[str]:
    """The words for `newsbeam` that the launcher's arguments mean; what is no parameter of ours is Beam's."""
    ours, beams = ["run", "--stream"], []
    names = settings()
    for argument in arguments:
        name, _, value = argument.removeprefix("--").partition("=")
        if name in FLAGS:
            ours += [f"--{name}", value] if value else []
        elif name in names:
            ours += ["--set", f"{names[name][0]}={value}"]
        else:
            beams.append(argument)
    return [*ours, "--", *beams]
