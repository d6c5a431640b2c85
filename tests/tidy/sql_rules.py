"""
The rules that let every statement run on one machine and on many.

One org's transaction touches one shard only if each table, key and statement leads with
the org. This reads SQL by its keywords, not by a grammar: enough to catch a slip.
"""

import re
from collections.abc import Iterator

HEADER = re.compile(r"^-- (\w+) --[ \t]*$", re.MULTILINE)
_COMMENT_OR_STRING = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_BODY = re.compile(r"(\$\w*\$).*?\1", re.DOTALL)
_NAME = r"[\w.\"]+"
_NAMES_THE_ORG = re.compile(r"\borg_id\s*=\s*%\(org_id\)s")
_INSERT = re.compile(rf"\bINSERT\s+INTO\s+{_NAME}(?:\s+AS\s+\w+)?\s*\(([^)]*)\)", re.IGNORECASE)
_SET = re.compile(r"\bSET\b(.*?)(?=\b(?:FROM|WHERE|RETURNING)\b|;|\Z)", re.IGNORECASE | re.DOTALL)
_CREATE_TABLE = re.compile(
    rf"\bCREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s+)*TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({_NAME})",
    re.IGNORECASE,
)
_ALTER_TABLE = re.compile(rf"\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?({_NAME})[^;]*", re.IGNORECASE)
_CREATE_INDEX = re.compile(
    rf"\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?:(?!ON\b)\w+\s+)?"
    rf"ON\s+(?:ONLY\s+)?({_NAME})\s*(?:USING\s+\w+\s*)?\(\s*([\w\"]+)",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"\b(PRIMARY\s+KEY|FOREIGN\s+KEY|UNIQUE(?!\s+INDEX\b)(?:\s+NULLS\s+(?:NOT\s+)?DISTINCT)?)\b\s*(?:\(\s*([\w\"]+))?",
    re.IGNORECASE,
)
_REFERENCES = re.compile(rf"\bREFERENCES\s+({_NAME})\s*(?:\(\s*([\w\"]+))?", re.IGNORECASE)
_FORBIDDEN = {
    "MERGE is refused past one machine": re.compile(r"\bMERGE\s+INTO\b", re.IGNORECASE),
    "a table that is not logged is lost in a crash": re.compile(r"\bUNLOGGED\b", re.IGNORECASE),
    "plans are not forced": re.compile(
        r"\bplan_cache_mode\b|\benable_(?:\w+scan|\w*join|sort|hashagg)\b", re.IGNORECASE
    ),
}
_VOLATILE = re.compile(r"\b(?:random|clock_timestamp|timeofday|nextval|gen_random_uuid)\s*\(", re.IGNORECASE)


def plain(sql: str) -> str:
    """The SQL without comments and with empty strings, so that keywords are keywords."""
    return _COMMENT_OR_STRING.sub(lambda match: "''" if match[0].startswith("'") else " ", sql)


def within_parentheses(sql: str, start: int) -> str:
    """What stands between the first opening parenthesis from start on and its partner."""
    opening = sql.find("(", start)
    depth = 0
    for place in range(opening, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if depth == 0:
            return sql[opening + 1 : place]
    return sql[opening + 1 :]


def forbidden_everywhere(sql: str) -> list[str]:
    """The rules for every piece of SQL, broken ones only."""
    # Forced plans are set by name, also within a string: set_config('plan_cache_mode', ...).
    without_comments = _COMMENT_OR_STRING.sub(lambda match: match[0] if match[0].startswith("'") else " ", sql)
    findings = [why for why, pattern in _FORBIDDEN.items() if pattern.search(without_comments)]
    rows = re.finditer(r"\bVALUES\s*\(", plain(sql), re.IGNORECASE)
    if any(re.search(r"\bSELECT\b", within_parentheses(plain(sql), row.start()), re.IGNORECASE) for row in rows):
        findings.append("VALUES must not hold a subquery")
    return findings


def wrong_queries(text: str, exempt: dict[str, str]) -> list[str]:
    """
    Each statement of a query file that breaks a rule.

    Args:
        text: A file of statements, each below its header `-- name --`.
        exempt: Names of statements that need not name an org, with the reason.
    """
    heads = list(HEADER.finditer(text))
    starts = [*(head.start() for head in heads), len(text)]
    findings = ["SQL without a header"] if plain(text[: starts[0]]).strip() else []
    for head, end in zip(heads, starts[1:], strict=True):
        findings += [f"{head[1]}: {why}" for why in _wrong_query(text[head.end() : end], exempt=head[1] in exempt)]
    return findings


def _wrong_query(sql: str, *, exempt: bool) -> Iterator[str]:
    """The rules for the SQL below one header."""
    yield from forbidden_everywhere(sql)
    statements = [statement for statement in plain(sql).split(";") if statement.strip()]
    if not statements:
        yield "no statement below the header"
    for statement in statements:
        columns = _INSERT.search(statement)
        inserts_org = columns and re.search(r"\borg_id\b", columns[1]) and "%(org_id)s" in statement
        if not exempt and not inserts_org and not _NAMES_THE_ORG.search(statement):
            yield "a statement names its org: org_id = %(org_id)s, or inserts it"
        for changed in _SET.findall(statement):
            if re.search(r"(?:^|,)\s*org_id\s*=", changed):
                yield "org_id never changes"
            if _VOLATILE.search(changed):
                yield "no volatile function in an UPDATE"


def _wrong_table(sql: str, match: re.Match[str]) -> Iterator[str]:
    """The rules for one CREATE TABLE."""
    name = match[1]
    if not re.match(r"\s*\(", sql[match.end() :]):
        yield f"table {name}: its columns are written out"
        return
    body = within_parentheses(sql, match.end())
    if not re.search(r"\borg_id\s+bigint\s+NOT\s+NULL\b", body, re.IGNORECASE):
        yield f"table {name}: org_id bigint NOT NULL"
    if not re.search(r"\bPRIMARY\s+KEY\s*\(\s*org_id\b", body, re.IGNORECASE):
        yield f"table {name}: PRIMARY KEY (org_id, ...)"


def wrong_schema(text: str, exempt: dict[str, str]) -> list[str]:
    """
    Each table, key and index that does not lead with the org.

    Args:
        text: The SQL of a migration.
        exempt: Tables that belong to no org, with the reason.
    """
    sql = _without_exempt(plain(text), exempt)
    findings = forbidden_everywhere(text)
    for table in _CREATE_TABLE.finditer(sql):
        findings += _wrong_table(sql, table)
    outside_functions = _BODY.sub("", sql)
    leading = [(f"index on {index[1]}", index[2]) for index in _CREATE_INDEX.finditer(sql)]
    leading += [(" ".join(key[1].upper().split()), key[2]) for key in _KEY.finditer(outside_functions)]
    leading += [(f"REFERENCES {table[1]}", table[2]) for table in _REFERENCES.finditer(outside_functions)]
    findings += [
        f"{what} begins with {first or 'no list of columns'}, not with org_id"
        for what, first in leading
        if first != "org_id"
    ]
    return findings


def _without_exempt(sql: str, exempt: dict[str, str]) -> str:
    """The SQL without the statements that make or alter an exempt table, or index it."""
    return ";".join(
        statement
        for statement in sql.split(";")
        if not any(
            found[1].rpartition(".")[2] in exempt
            for pattern in (_CREATE_TABLE, _ALTER_TABLE, _CREATE_INDEX)
            for found in pattern.finditer(statement)
        )
    )
