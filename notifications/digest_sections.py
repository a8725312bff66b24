"""The digests of an email: which there are, what each tells, and how to do without it."""

from __future__ import annotations

from typing import Final

from events.directory import Digest, Office
from events.reading import Reader
from events.refs import quoted
from notifications.audiences import Audiences, Told
from notifications.digest_monthly import monthly_paragraphs
from notifications.digest_period import Period
from notifications.digest_sight import DigestSight
from notifications.digest_weekly import weekly_paragraphs
from notifications.directory import Directory
from notifications.letter_digest import DigestSection, Line, Paragraph, Piece, line_of
from notifications.letter_item import Desk
from notifications.looking import Looked, StillDue
from notifications.rules import Occasion
from notifications.subjects_of_digests import DIGESTS

YOUR_DIGESTS: Final = "you/digests"
"""The page on which people switch their own digests off and on."""

_NOTHING: Paragraph = (
    "Nothing to tell",
    (line_of("What there was has been put right since."),),
)


class DigestSights:
    """The periods of which the emails of one snapshot tell: each is looked up once for all."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._sights: dict[tuple[Period, Desk], DigestSight] = {}

    def of(self, period: Period, audiences: Audiences, desk: Desk) -> DigestSight:
        """Return a period as the snapshot shows it, for the day of a desk."""
        key = (period, desk)
        if key not in self._sights:
            self._sights[key] = DigestSight.through(self._reader, period, audiences, desk)
        return self._sights[key]


def digest_sections(looked: Looked, sights: DigestSights, desk: Desk) -> tuple[DigestSection, ...]:
    """Return the digests of which an email tells, in the order of its plan."""
    digests = [still for still in looked.due if still.subject.occasion in DIGESTS]
    return tuple(
        section(still, sights.of(_period(still), looked.audiences, desk)) for still in digests
    )


def _period(still: StillDue) -> Period:
    return Period.told_on(still.subject.occasion, still.subject.target_on)


def section(still: StillDue, sight: DigestSight) -> DigestSection:
    """Put one digest into words."""
    item, told = still.subject.item, still.told
    directory = sight.directory
    if still.subject.occasion is Occasion.WEEKLY_DIGEST:
        title = f"What moved in {directory.subgroups[item].name}"
        paragraphs, digest = weekly_paragraphs(sight, item, told.person), Digest.WEEKLY
    else:
        title = "Slipping, silent, unassigned"
        paragraphs, digest = monthly_paragraphs(sight), Digest.MONTHLY
    ends = (Piece(f"{_why(told, sight.audiences)} "), *_switch_off(told, digest, sight))
    return DigestSection(item, title, sight.period.words, paragraphs or (_NOTHING,), ends)


def _why(told: Told, audiences: Audiences) -> str:
    directory = audiences.directory
    role = directory.roles.get(told.role) if told.role else None
    acting = f"you {'cover for' if told.is_cover else 'hold'} the role of"
    because = f"You get this because {acting} {role.title if role else 'a chair'}"
    if told.in_place_of is None:
        return f"{because}."
    return f"{because}, and nobody can be told in {_place(told.in_place_of, directory)}."


def _switch_off(told: Told, digest: Digest, sight: DigestSight) -> Line:
    """Say how to do without a digest: on one's page, by a reply, or by the manager's own hand."""
    wish = (
        "You are always told of what is due from you; if you would rather not get the"
        f" {digest} digest, "
    )
    if page := sight.desk.page_of(YOUR_DIGESTS):
        return (Piece(f"{wish}please "), Piece("switch it off", page), Piece("."))
    role = sight.directory.roles.get(told.role) if told.role else None
    if role is not None and role.office is Office.BUSINESS_MANAGER:
        command = f"person switch-off-digest {quoted(told.person)} --digest {digest}"
        return line_of(f"{wish}run 'goldthread {command}'.")
    return line_of(f"{wish}please say so in a reply.")


def _place(ref: str, directory: Directory) -> str:
    if ref in directory.subgroups:
        return directory.subgroups[ref].name
    return directory.roles[ref].title if ref in directory.roles else "the role before yours"
