"""Webhook: who is told of postings elsewhere; made, changed, disabled, resumed, and its secret replaced."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants
from onhand.kernel.webhooks.targets import read_target
from onhand.kernel.webhooks.webhook import Webhook

REASONS = ("asked", "gone", "failing")
"""Somebody asked for it, the target said 410, or it failed for too long."""
OVERLAP_SECONDS_MAX = 30 * 86_400
CREDENTIALS_MAX = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWebhook(Command):
    """
    Tell an address of each posting from now on, or from the posting `start` on.

    `kinds`, `sites` and `skus` narrow it: only postings of one of these kinds, which moved something at one of these
    sites, and one of these items. The secret that signs is shown once, in the answer.
    """

    kind: ClassVar[str] = "create_webhook"

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    start: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.name, "name")
        read_target(self.url)
        _check_filters(self.kinds, self.sites, self.skus)
        if self.start is not None:
            check_number(self.start, "start")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want what the filters name, and the webhook that should not be there."""
        del book
        wants.names.add(("webhook", self.name))
        _want_filters(wants, self.sites, self.skus)
        return False

    def decide(self, draft: Draft) -> None:
        """Make it; unless told, it begins with the next posting."""
        _know_filters(draft, self.sites, self.skus)
        if ("webhook", self.name) in draft.book.names:
            raise Refused("WEBHOOK_EXISTS", name=self.name)
        draft.make(
            Webhook(
                id=draft.next_id(),
                name=self.name,
                url=self.url,
                kinds=self.kinds,
                sites=self.sites,
                skus=self.skus,
                credentials=(credential_of(self.key),),
                start=draft.number + 1 if self.start is None else self.start,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWebhook(Command):
    """Lead a webhook elsewhere, or narrow it otherwise; how far it was told stays."""

    kind: ClassVar[str] = "change_webhook"

    webhook: int
    url: str
    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        check_version(self.version)
        read_target(self.url)
        _check_filters(self.kinds, self.sites, self.skus)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook, and what the filters name."""
        del book
        wants.entities.add(("webhook", self.webhook))
        _want_filters(wants, self.sites, self.skus)
        return False

    def decide(self, draft: Draft) -> None:
        """Change what is told differently."""
        known = _known(draft, self.webhook)
        expect(known, self.version, f"webhook {known.id}")
        _know_filters(draft, self.sites, self.skus)
        changed = known.next(url=self.url, kinds=self.kinds, sites=self.sites, skus=self.skus)
        if changed != known.next():
            draft.change(known, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableWebhook(Command):
    """Tell a webhook nothing any more, until it is resumed; `because` says why."""

    kind: ClassVar[str] = "disable_webhook"

    webhook: int
    because: str = "asked"

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        if self.because not in REASONS:
            raise Refused("INVALID_COMMAND", detail=f"because is one of {', '.join(REASONS)}")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook."""
        del book
        wants.entities.add(("webhook", self.webhook))
        return False

    def decide(self, draft: Draft) -> None:
        """Disable it, unless it is disabled."""
        known = _known(draft, self.webhook)
        if known.status != "disabled":
            draft.change(known, known.next(status="disabled", because=self.because), "disabled")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeWebhook(Command):
    """
    Tell a webhook again: where it stopped, or from the posting `start` on.

    What was told before is told again then, under the ids that it had. An active one is tried at once.
    """

    kind: ClassVar[str] = "resume_webhook"

    webhook: int
    start: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        if self.start is not None:
            check_number(self.start, "start")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook."""
        del book
        wants.entities.add(("webhook", self.webhook))
        return False

    def decide(self, draft: Draft) -> None:
        """Let it be active; another start is another run."""
        known = _known(draft, self.webhook)
        resumed = known.next(status="active", because=None)
        if self.start is not None:
            resumed = known.next(status="active", because=None, start=self.start, run=known.run + 1)
        draft.change(known, resumed, "resumed")


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateWebhook(Command):
    """
    Give a webhook another secret, which is shown once, in the answer.

    Until `overlap_seconds` from now, those before sign too, so that the receiver can change over.
    """

    kind: ClassVar[str] = "rotate_webhook"

    webhook: int
    overlap_seconds: int = 86_400

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_number(self.webhook, "webhook")
        if check_number(self.overlap_seconds, "overlap_seconds", least=0) > OVERLAP_SECONDS_MAX:
            raise Refused("INVALID_COMMAND", detail=f"secrets overlap for {OVERLAP_SECONDS_MAX} seconds at most")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the webhook."""
        del book
        wants.entities.add(("webhook", self.webhook))
        return False

    def decide(self, draft: Draft) -> None:
        """Put the new secret before those that still sign."""
        known = _known(draft, self.webhook)
        older = known.signing(draft.now) if self.overlap_seconds else ()
        rotated = known.next(
            credentials=(credential_of(self.key), *older)[:CREDENTIALS_MAX],
            older_until=draft.now + timedelta(seconds=self.overlap_seconds) if older else None,
        )
        draft.change(known, rotated, "rotated")


def credential_of(key: str) -> str:
    """Name the secret that an act under a key makes; the name gives nothing away, and a retry has the same one."""
    return hashlib.sha256(f"webhook secret {key}".encode()).hexdigest()[:32]


def _known(draft: Draft, number: int) -> Webhook:
    known = draft.book.entities.get(("webhook", number))
    if not isinstance(known, Webhook):
        raise Refused("WEBHOOK_NOT_FOUND", webhook=number)
    return known


def _check_filters(kinds: tuple[str, ...], sites: tuple[str, ...], skus: tuple[str, ...]) -> None:
    from onhand.kernel.operations import OPERATIONS  # noqa: PLC0415 - which is made of this module too

    for field, codes in (("kinds", kinds), ("sites", sites), ("skus", skus)):
        if len(codes) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(codes), lines_max=LINES_MAX)
        for code in codes:
            check_code(code, field)
        if len(set(codes)) < len(codes):
            raise Refused("INVALID_COMMAND", detail=f"{field} names one twice")
    for kind in kinds:
        if kind not in OPERATIONS:
            raise Refused("INVALID_COMMAND", detail=f"there is no kind of posting {ascii(kind)[:40]}")


def _want_filters(wants: Wants, sites: tuple[str, ...], skus: tuple[str, ...]) -> None:
    wants.sites.update(sites)
    wants.items.update(skus)


def _know_filters(draft: Draft, sites: tuple[str, ...], skus: tuple[str, ...]) -> None:
    for site in sites:
        draft.book.site(site)
    for sku in skus:
        draft.book.item(sku)
