"""Which commands somebody may give on a thing now: asked of the workflow itself, one by one.

A page offers nothing else. Whether a command is carried out is decided anew when it is given.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import workflow.extension_commands  # noqa: F401  Commands are registered when imported.
from events.refs import category_of
from interfaces.command_fields import shape_of, subject_field
from interfaces.web.offering.trial import Trial, sample
from projections.known import subject_facts
from projections.store import View
from workflow.circumstances import Circumstances
from workflow.command import Command, registered_commands
from workflow.permissions import SubjectFacts, may, subject_of
from workflow.remark_commands import AddRemark

_FIRST: Final = (
    "complete",
    "verify",
    "approve",
    "accept",
    "return",
    "refuse-verification",
    "decline",
    "note-progress",
    "submit",
    "report-implemented",
    "request",
    "show-impact",
)
"""What people mostly come for, in this order: what waits for a decision first, then what is told.

The others follow by name."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that may be given. `words` are those of its button, `help` says what it does."""

    kind: type[Command]
    words: str
    help: str
    is_common: bool

    @property
    def path(self) -> str:
        """Return the last parts of the address of its form."""
        return f"{self.kind.category}/{self.kind.verb}"


def offers_on(ref: str, view: View, circumstances: Circumstances) -> tuple[Offer, ...]:
    """Return the commands that somebody may give on a stream or finding now, common ones first.

    A remark on it is one of them, though it begins a stream of its own.
    """
    trial = Trial(ref, view, circumstances)
    found = [offer_of(kind) for kind in _kinds_on(ref) if trial.refusal(kind) is None]
    if _is_remarkable(ref) and may(AddRemark, SubjectFacts(), circumstances):
        found.append(offer_of(AddRemark))
    return tuple(sorted(found, key=place_of))


def offers_to_begin(category: str, view: View, circumstances: Circumstances) -> tuple[Offer, ...]:
    """Return the commands with which somebody may begin something of a category.

    Also where it has to be for a role, subgroup or agency of theirs: the form asks which.
    """
    kinds = (
        kind
        for kind in registered_commands()
        if kind.opens and kind.category == category and not kind.with_file
    )
    own = _own(circumstances)
    return tuple(
        offer_of(kind)
        for kind in kinds
        if may(kind, subject_facts(sample(kind), view.get), circumstances)
        or may(kind, own, circumstances)
    )


def _own(circumstances: Circumstances) -> SubjectFacts:
    """Return what would be somebody's own in every way in which they act today."""
    known, actor = circumstances.known, circumstances.actor
    roles, grants = known.roles_of(actor, circumstances.today), known.grants_of(actor)
    return subject_of(
        known,
        lead_roles=(role.ref for role in roles),
        subgroups=(grant.subgroup for grant in grants),
        agencies=(grant.agency for grant in grants),
    )


def _is_remarkable(ref: str) -> bool:
    stream, _, part = ref.partition("/")
    return category_of(part or stream) in shape_of(AddRemark.model_fields["on"]).categories


def offer_of(kind: type[Command]) -> Offer:
    """Return a command as it is offered."""
    named = kind.verb.replace("-", " ").capitalize()
    help_text = inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    words = _WORDS.get((kind.category, kind.verb)) or _WORDS_OF_ANY.get(kind.verb, named)
    return Offer(kind, words, help_text, _is_common(kind))


_WORDS: Final = {
    ("action", "note-progress"): "Tell how it goes",
    ("recommendation", "note-progress"): "Tell how it goes",
    ("action", "submit"): "Report it done",
    ("recommendation", "report-implemented"): "Report it done",
    ("action", "complete"): "Confirm that it is done",
    ("recommendation", "verify"): "Confirm that it is done",
    ("extension", "request"): "Ask for more time",
    ("evidence", "add"): "Add files",
    ("evidence", "withdraw"): "Take the file back",
    ("extension", "approve"): "Give more time",
    ("extension", "decline"): "Decline more time",
    ("extension", "withdraw"): "Take the request for more time back",
    ("action", "change-leads"): "Hand it over",
    ("recommendation", "readdress"): "Hand it over",
    ("action", "return"): "Give it back",
    ("recommendation", "refuse-verification"): "Give it back",
    ("action", "create"): "Take on an action",
    ("action", "answer-recommendation"): "Let it answer a recommendation",
    ("action", "block"): "Say what stands in its way",
    ("action", "unblock"): "Nothing stands in its way any more",
    ("action", "cancel"): "Cancel the action",
    ("action", "move-to-priority"): "Move it to another priority",
    ("action", "put-on-hold"): "Put it on hold",
    ("action", "resume"): "Take it up again",
    ("action", "set-success-measure"): "Say how success will be known",
    ("audit", "approve"): "Approve the report",
    ("audit", "cancel"): "Cancel the audit",
    ("audit", "close"): "Close the audit",
    ("audit", "hand-over"): "Hand the audit over",
    ("audit", "set-themes"): "Set the themes",
    ("audit", "start-clock"): "Start a clock",
    ("audit", "pause"): "Pause the audit",
    ("audit", "resume"): "Take the audit up again",
    ("audit", "scope"): "Agree the scope",
    ("finding", "agree"): "Agree the finding",
    ("finding", "draft"): "Draft a finding",
    ("finding", "dispute"): "Dispute the finding",
    ("finding", "withdraw"): "Withdraw the finding",
    ("person", "change-email"): "Change the email address",
    ("person", "grant-access"): "Give further access",
    ("person", "revoke-access"): "Take access back",
    ("person", "switch-off-digest"): "Switch a digest off",
    ("person", "switch-on-digest"): "Switch a digest on",
    ("plan", "add-priority"): "Add a priority",
    ("plan", "close"): "Close the plan",
    ("plan", "retitle-priority"): "Change the title of a priority",
    ("person", "leave"): "Record that they leave",
    ("recommendation", "accept"): "Accept it",
    ("recommendation", "accept-partly"): "Accept it in part",
    ("recommendation", "reject"): "Reject it",
    ("recommendation", "close-not-implemented"): "Close it without doing it",
    ("recommendation", "record-no-impact"): "Record that it made no difference",
    ("recommendation", "set-impact-date"): "Say by when its impact is to be shown",
    ("recommendation", "show-impact"): "Show the difference that it made",
    ("recommendation", "supersede"): "Put another in its place",
    ("remark", "withdraw"): "Withdraw the remark",
    ("role", "add-alias"): "Add another spelling",
    ("role", "appoint"): "Appoint somebody",
    ("role", "change-office"): "Change the office",
    ("role", "place"): "Place it in an agency or a subgroup",
    ("role", "remove-alias"): "Take a spelling away",
    ("role", "stand-down"): "Record that somebody stands down",
    ("subgroup", "dissolve"): "Dissolve the subgroup",
    ("subgroup", "set-chair-role"): "Set the role that chairs it",
    ("role", "retire"): "End the role",
    ("agency", "close"): "Close the agency",
    ("agency", "register"): "Enter an agency",
    ("audit", "plan"): "Plan an audit",
    ("meeting", "record"): "Record a meeting",
    ("meeting", "cancel"): "Cancel the meeting",
    ("meeting", "correct"): "Correct what is said of the meeting",
    ("person", "register"): "Enter a person",
    ("plan", "adopt"): "Take up a plan",
    ("recommendation", "propose"): "Make a recommendation",
    ("remark", "add"): "Make a remark",
    ("role", "create"): "Set up a role",
    ("subgroup", "form"): "Set up a subgroup",
}
"""What buttons say, where the command's own name would be a word of the workflow, or too short."""

_WORDS_OF_ANY: Final = {
    "correct-target-date": "Correct the target date",
    "end-brag-override": "Take the colour set by hand back",
    "move-target-date": "Move the target date",
    "override-brag": "Set the colour by hand",
    "reopen": "Open it again",
    "retitle": "Change the title",
    "reword": "Change the words",
    "set-target-date": "Set the target date",
    "start": "Start the work",
}
"""The same for commands of the same name on several things."""


def command_called(category: str, verb: str) -> type[Command] | None:
    """Return a command by the parts of its form's address, or None."""
    return next(
        (kind for kind in registered_commands() if (kind.category, kind.verb) == (category, verb)),
        None,
    )


def takes(kind: type[Command], ref: str) -> bool:
    """Tell whether a command can be about a thing."""
    name = subject_field(kind)
    if name is None:
        return False
    stream, _, part = ref.partition("/")
    return category_of(part or stream) in shape_of(kind.model_fields[name]).categories


def _kinds_on(ref: str) -> Iterator[type[Command]]:
    return (kind for kind in registered_commands() if takes(kind, ref))


def _is_common(kind: type[Command]) -> bool:
    return kind.verb in _FIRST


def place_of(offer: Offer) -> tuple[int, str]:
    """Return where an offer stands among others."""
    verb = offer.kind.verb
    return _FIRST.index(verb) if verb in _FIRST else len(_FIRST), offer.words
