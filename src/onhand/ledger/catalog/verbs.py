"""The catalogue: variants, customers, settings of the org, and the look-up of items."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from onhand.kernel.catalog.barcodes import check_gtin
from onhand.kernel.catalog.configure import Configure
from onhand.kernel.catalog.define_variants import DefineVariants
from onhand.kernel.catalog.settings import SETTINGS
from onhand.kernel.commerce.define_customer import DefineCustomer
from onhand.kernel.money import parse_money
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.search_words import words_of
from onhand.kernel.stock.product import OptionValue
from onhand.kernel.text import check_code
from onhand.ledger.asking import check_page
from onhand.ledger.catalog.questions import CatalogQuestions
from onhand.ledger.commerce.shop_port import ItemAnswer, WordRange
from onhand.ledger.core.port import Reading
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import question, verb
from onhand.ledger.reading_lines import MoneyLike, parse_rate

_TWICE_AT_MOST = 3
"""So many words of one name may begin alike before a page of found items is shorter than it could be."""
_LAST_LETTER = "\U0010ffff"


class Catalog(CatalogQuestions):
    """What is defined beside sites and items, and the look-up of all of it."""

    _name = "catalog"

    @verb
    async def define_variants(
        self,
        *,
        product: str,
        options: Mapping[str, Sequence[str]],
        name: str | None = None,
        measure: str | None = None,
        price: MoneyLike | None = None,
        vat_rate: MoneyLike | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Make an item for each combination of options, keep those that are there, retire those that vanish."""
        return await self._do(
            DefineVariants(
                product=product,
                options=options_of(options),
                name=name,
                measure=measure,
                price=None if price is None else parse_money(price, "price"),
                vat_rate=None if vat_rate is None else parse_rate(vat_rate),
                **self._told(about),
            ),
            about,
        )

    @verb
    async def define_customer(
        self,
        *,
        code: str,
        name: str | None = None,
        email: str | None = None,
        vat_number: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Make a customer known, or change what is known of him."""
        return await self._do(
            DefineCustomer(code=code, name=name, email=email, vat_number=vat_number, **self._told(about)), about
        )

    @verb
    async def configure(self, *, settings: Mapping[str, str], **about: Unpack[About]) -> Posting:
        """Choose settings of the org, as its time_zone and currency."""
        return await self._do(Configure(settings=tuple(sorted(settings.items())), **self._told(about)), about)

    @question
    async def find_items(self, text: str, *, limit: int = 20) -> tuple[ItemAnswer, ...]:
        """
        Find items by sku, by barcode, or by words of their names as far as they are typed; the best first.

        A number that finds nothing and has the length of a barcode but a wrong check digit is refused with
        CHECK_DIGIT_WRONG, since it was misread or misspelt.
        """
        check_page(limit)
        check_code(text, "text", length_max=500)
        exact = await self._reading.shop.items_by_code(text) if len(text) <= 100 else ()  # noqa: PLR2004 - no code is longer
        if exact:
            return tuple(exact[:limit])
        ranges = [WordRange(word, word + _LAST_LETTER) for word in words_of(text)]
        if not ranges:
            return ()
        rows = await self._reading.shop.items_by_words(ranges, limit * _TWICE_AT_MOST)
        found: dict[int, ItemAnswer] = {}
        for row in rows:
            found.setdefault(row.id, row)
        if not found:
            check_gtin(text)
        return tuple(found.values())[:limit]

    @question
    async def settings(self) -> Mapping[str, str]:
        """Give every setting of the org, chosen or not."""
        return await settings_of(self._reading)


def options_of(options: Mapping[str, Sequence[str]]) -> tuple[OptionValue, ...]:
    """Read options with their values, in order."""
    if any(isinstance(values, str) for values in options.values()):
        raise Refused("INVALID_COMMAND", detail="options are names with lists of values")
    return tuple(OptionValue(option, value) for option, values in options.items() for value in values)


async def settings_of(reading: Reading) -> Mapping[str, str]:
    """Give every setting of an org, chosen or not."""
    chosen = await reading.shop.settings()
    return {name: chosen.get(name, known.default) for name, known in SETTINGS.items()}
