"""The words of a name, as people search for them: without case, accents and punctuation."""

import re
import unicodedata

WORDS_MAX = 50
WORD_LENGTH_MAX = 40

_WORD = re.compile(r"\w+")


def words_of(name: str) -> tuple[str, ...]:
    """Give the words of a name, each once, in alphabetical order."""
    bare = name.casefold()
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare)
        bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return tuple(sorted({word[:WORD_LENGTH_MAX] for word in _WORD.findall(bare)}))[:WORDS_MAX]
