"""
Lab certificates as metadata of lots, and what repeated samples contradict each other in.

A certificate is kept whole, each number in the spelling that it came in; what lists and searches want is drawn from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from onhand.kernel.lots.metadata import MetadataProblem, number_of, problems_of

_PERCENT = "percent"


class Number(str):
    """A number of a JSON document in the spelling that it came in."""

    __slots__ = ()


class Contradiction(NamedTuple):
    """A field in which certificates of one sample differ: their lines in the file, and each one's value."""

    sample: str
    field: str
    lines: tuple[int, ...]
    values: tuple[object, ...]


class Numbered(NamedTuple):
    """A certificate with its line in the file."""

    line: int
    certificate: Mapping[str, Any]


def metadata_of(certificate: Mapping[str, Any]) -> dict[str, Any]:
    """Map a certificate to the metadata of a lot: thc, cbd and terpenes in percent, its address, and all of itself."""
    results = _results(certificate)
    metadata: dict[str, Any] = {"certificate": kept(certificate)}
    for key in ("thc", "cbd"):
        value = _percentage(results, "cannabinoids", key)
        if value is not None:
            metadata[key] = value
    terpenes = [
        {"name": str(result.get("name") or result.get("key")), "percentage": str(result["value"])}
        for result in results
        if result.get("analysis") == "terpenes" and result.get("units") == _PERCENT and _is_told(result.get("value"))
    ]
    if terpenes:
        metadata["terpenes"] = terpenes
    url = certificate.get("lab_results_url")
    if isinstance(url, str) and url.startswith(("http://", "https://")):
        metadata["certificate_url"] = url
    return metadata


def acceptable(certificate: Mapping[str, Any]) -> tuple[dict[str, Any], list[MetadataProblem]]:
    """Map a certificate, and leave out what cannot be, such as 560 percent; it is told, and kept in the whole."""
    metadata = metadata_of(certificate)
    problems = problems_of(metadata)
    for problem in problems:
        metadata.pop(problem.field.partition("[")[0], None)
    return metadata, problems


def of_sample(repeated: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], list[MetadataProblem]]:
    """Map all certificates of one sample: the last one counts, and those before that differ are kept beside it."""
    last = repeated[-1]
    metadata, problems = acceptable(last)
    others = [kept(other) for other in repeated[:-1] if not _same_in_all(other, last)]
    if others:
        metadata["custom"] = {"certificates_before": others}
    return metadata, problems


def samples_of(certificates: Iterable[Numbered], field: str = "sample_id") -> dict[str, list[Numbered]]:
    """Give the certificates of each sample, in the order of the file."""
    samples: dict[str, list[Numbered]] = {}
    for numbered in certificates:
        samples.setdefault(str(numbered.certificate.get(field)), []).append(numbered)
    return samples


def kept(value: object) -> Any:  # noqa: ANN401 - JSON
    """Write a value of a certificate so that it can be kept for ever: numbers as {"number": spelling}."""
    if isinstance(value, Number):
        return {"number": str(value)}
    if isinstance(value, Mapping):
        return {str(name): kept(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [kept(part) for part in value]
    return value


def original(value: object) -> Any:  # noqa: ANN401 - JSON
    """Give the value that `kept` was given."""
    if isinstance(value, Mapping):
        if value.keys() == {"number"}:
            return Number(value["number"])
        return {name: original(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [original(part) for part in value]
    return value


def contradictions(certificates: Iterable[Numbered], field: str = "sample_id") -> list[Contradiction]:
    """List the fields in which certificates of one sample differ; a repetition without difference is none."""
    return [
        found
        for sample, repeated in samples_of(certificates, field).items()
        if len(repeated) > 1
        for found in _differences(sample, repeated)
    ]


def _differences(sample: str, repeated: Sequence[Numbered]) -> Iterable[Contradiction]:
    flat = [_flat(numbered.certificate) for numbered in repeated]
    lines = tuple(numbered.line for numbered in repeated)
    for field in dict.fromkeys(name for fields in flat for name in fields):
        values = tuple(fields.get(field) for fields in flat)
        if any(not _same(value, values[0]) for value in values[1:]):
            yield Contradiction(sample, field, lines, values)


def _flat(certificate: Mapping[str, Any]) -> dict[str, object]:
    """Give the fields of a certificate, each result by its analysis and key; the same key again gets a number."""
    fields: dict[str, object] = {
        name: value for name, value in certificate.items() if name != "results" or not _results(certificate)
    }
    for result in _results(certificate):
        stem = name = f"results.{result.get('analysis')}.{result.get('key')}"
        again = 1
        while name in fields:
            again += 1
            name = f"{stem}#{again}"
        fields[name] = (result.get("value"), result.get("units"))
    return fields


def _same_in_all(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return not list(_differences("", (Numbered(1, one), Numbered(2, other))))


def _same(one: object, other: object) -> bool:
    if isinstance(one, Number) and isinstance(other, Number):
        return number_of(str(one)) == number_of(str(other)) and (number_of(str(one)) is not None or one == other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def _results(certificate: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the results that are members with names; a certificate may hold anything there."""
    told = certificate.get("results")
    return [result for result in told if isinstance(result, Mapping)] if isinstance(told, list | tuple) else []


def _percentage(results: Sequence[Mapping[str, Any]], analysis: str, key: str) -> str | None:
    for result in results:
        told = result.get("analysis"), result.get("key"), result.get("units")
        if told == (analysis, key, _PERCENT) and _is_told(result.get("value")):
            return str(result["value"])
    return None


def _is_told(value: object) -> bool:
    return isinstance(value, str) and bool(value)
