"""The digests of an email: which there are, what each tells, and how to do without it."""

from __future__ import annotations

from events.directory import Digest
from events.reading import Reader
from events.refs import quoted
from notifications.audiences import Audiences, Told
from notifications.digest_monthly import monthly_paragraphs
from notifications.digest_period import Period
from notifications.digest_sight import DigestSight
from notifications.digest_weekly import weekly_paragraphs
from notifications.directory import Directory
from notifications.letter_digest import DigestSection, Paragraph
from notifications.letter_item import Desk
from notifications.looking import Looked, StillDue
from notifications.rules import Occasion
from notifications.subjects_of_digests import DIGESTS

_NOTHING: Paragraph = ("Nothing to tell", ("What there was has been put right since.",))


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
    ends = f"{_why(told, sight.audiences)} {_switch_off(told.person, digest)}"
    return DigestSection(item, title, sight.period.words, paragraphs or (_NOTHING,), ends)


def _why(told: Told, audiences: Audiences) -> str:
    directory = audiences.directory
    role = directory.roles.get(told.role) if told.role else None
    acting = f"you {'cover for' if told.is_cover else 'hold'} the role of"
    because = f"You get this because {acting} {role.title if role else 'a chair'}"
    if told.in_place_of is None:
        return f"{because}."
    return f"{because}, and nobody can be told in {_place(told.in_place_of, directory)}."


def _switch_off(person: str, digest: Digest) -> str:
    return (
        f"If you do not want the {digest} digest, say so in a reply, or run 'goldthread person"
        f" switch-off-digest {quoted(person)} --digest {digest}'. What is due from you is told all"
        " the same: that cannot be switched off."
    )


def _place(ref: str, directory: Directory) -> str:
    if ref in directory.subgroups:
        return directory.subgroups[ref].name
    return directory.roles[ref].title if ref in directory.roles else "the role before yours"
