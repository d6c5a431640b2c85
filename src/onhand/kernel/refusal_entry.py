"""One refusal of the catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One refusal of the catalogue: the sentence shown to people may name facts in braces."""

    code: str
    sentence: str
    facts: tuple[str, ...]
    explanation: str
