# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The page of the command line, from the verbs themselves."""

from enum import Enum
from typing import Any

import typer.main

from docs.generating.markdown import code, page, table, text_of
from onhand.cli.building import build
from onhand.cli.exits import EXITS
from onhand.cli.verb import PANELS

_SHARED = ("key", "actor", "reason", "document", "occurred_at", "dry_run", "org", "json")
"""The options that many verbs have; they are told once."""

Verb = Any
"""A command as typer keeps it, which has no public type."""


def command_line_page() -> str:
    """Write the page of the command line."""
    verbs = _verbs()
    shared = {
        parameter.name: parameter for _, _, verb in verbs for parameter in verb.params if parameter.name in _SHARED
    }
    parts = ["## Exit codes", table(["code", "meaning"], [(int(code), meaning) for code, meaning in EXITS.items()])]
    parts += [
        "## Options of many verbs",
        "An act can be told who, when and why, and under which key. Every verb prints JSON with `--json`.",
        table(["option", "meaning"], [_row(shared[name]) for name in _SHARED]),
    ]
    for panel in PANELS:
        parts.append(f"## {panel}")
        parts += [_verb(name, verb) for place, name, verb in verbs if place == panel]
    intro = (
        "`onhand VERB --help` says the same. A line of stock is `SKU=QUANTITY`, or `SKU@LOT=QUANTITY`, or a JSON "
        "object with `sku`, `quantity` and any of `lot`, `location`, `unit`, `state`, `version`. A quantity is a plain "
        "decimal with at most six decimals."
    )
    return page("The command line", "src/onhand/cli", intro, *parts)


def _verbs() -> list[tuple[str, str, Verb]]:
    """List all verbs with their panels and full names; those of a group stand in the panel of the group."""
    found: list[tuple[str, str, Verb]] = []
    for name, verb in typer.main.get_command(build()).commands.items():  # type: ignore[attr-defined]  # it is a group
        panel = str(verb.rich_help_panel)
        inner = getattr(verb, "commands", None) or {"": verb}
        found += [(panel, f"{name} {word}".strip(), part) for word, part in inner.items()]
    return found


def _verb(name: str, verb: Verb) -> str:
    own = [parameter for parameter in verb.params if parameter.name not in _SHARED and not parameter.hidden]
    arguments = [parameter for parameter in own if parameter.param_type_name == "argument"]
    needed = [parameter for parameter in own if parameter.required and parameter not in arguments]
    usage = ["onhand", name, *(_argument(argument) for argument in arguments), *(_option(option) for option in needed)]
    shared = [f"`--{name.replace('_', '-')}`" for name in _SHARED if name in {part.name for part in verb.params}]
    parts = [f"### {name}", f"    {' '.join([*usage, '[OPTIONS]'])}", text_of(verb.help or "")]
    if own:
        parts.append(table(["", "meaning"], [_row(parameter) for parameter in own]))
    return "\n\n".join([*parts, f"Also {', '.join(shared)}."])


def _argument(argument: Verb) -> str:
    return str(argument.metavar) if argument.required else f"[{argument.metavar}]"


def _option(option: Verb) -> str:
    return f"{option.opts[0]} {_value(option)}".strip()


def _value(option: Verb) -> str:
    if option.is_flag:
        return ""
    return str(option.metavar or option.name.upper())


def _row(parameter: Verb) -> tuple[str, str]:
    if parameter.param_type_name == "argument":
        return code(parameter.metavar), parameter.help or ""
    default = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
    told = "" if default in {None, False, ""} else f" Default: {default}."
    needed = " Needed." if parameter.required else ""
    return code(", ".join(parameter.opts) + f" {_value(parameter)}".rstrip()), f"{parameter.help or ''}{told}{needed}"
