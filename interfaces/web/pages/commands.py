"""Giving a command: its form, what is wrong with what was written, and what came of it.

Nothing that was typed is lost: a form that is refused comes back filled, and where somebody else
was faster both are shown. A form that is sent twice does what it says once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from fastapi import Response
from starlette.datastructures import FormData

from events.identifiers import new_identifier
from events.refs import category_of, quoted
from interfaces.command_fields import shape_of
from interfaces.web.files.attaching import bounds_of, give_with_files, takes_files, with_file_field
from interfaces.web.files.sent_files import Sent, SentForm
from interfaces.web.forms import BadForm, FormField, command_of, fields_of, with_errors
from interfaces.web.forms import Sent as SentValues
from interfaces.web.meanwhile import meanwhile
from interfaces.web.offering.offers import Offer, command_called, offer_of, takes
from interfaces.web.pages.things import found_ref, item_of, path_of
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere, Unreadable
from interfaces.web.refusals.told_by_name import told_by_name
from interfaces.web.seeing.sight import require_seen
from interfaces.web.visit import Visit, Visiting
from projections.handing_in import HandedIn
from projections.items import Item
from projections.ledger import LedgerAnswer
from workflow.command import Command
from workflow.refusals import Conflict, NotFound, Refusal

HOME: Final = "home"
"""Where a form leads back to that stands on the first page; any other to the thing's own."""

pages: Final = Pages()


@pages.get("/do/{category}/{verb}", READER)
def ask(visit: Visiting, category: str, verb: str, on: str = "") -> Response:
    """Show the form of a command, about a thing or beginning one."""
    visit.require_present()
    desk = _desk(visit, category, verb, on)
    # What an address names beforehand stands in the form, such as what a remark is on.
    named = visit.request.query_params if desk.kind.opens else None
    return desk.page(desk.fields(named, None))


@pages.post("/do/{category}/{verb}", READER)
def give(visit: Visiting, category: str, verb: str, sent: SentForm, on: str = "") -> Response:
    """Carry a command out, or show what is wrong with it."""
    visit.require_present()
    desk = _desk(visit, category, verb, on)
    form = sent.form
    fields = desk.fields(form, sent)
    version = _whole(form, "expected_version")
    try:
        answer = desk.carry_out(sent, version)
    except BadForm as bad:
        return desk.page(with_errors(fields, bad.errors), errors=bad.errors, status=422, sent=form)
    except Conflict as conflict:
        return desk.page(fields, problem=str(conflict), status=409, sent=form, seen=version)
    except NotFound as missing:
        if missing.field is None:
            raise NothingHere from missing
        return desk.refused(fields, missing, form)
    except Refusal as refusal:
        return desk.refused(fields, refusal, form)
    ref = desk.ref or answer.stream
    if _line(form, "back") == HOME:
        return visit.go(f"/?done={quoted(ref)}#{quoted(ref)}")
    if isinstance(answer, HandedIn) and desk.kind.with_file:
        return visit.go(f"{path_of(ref)}?kept={','.join(map(quoted, answer.files))}")
    return visit.go(f"{path_of(ref)}?done={answer.version}")


class _Desk:
    """A form on its way: of which command, about which thing."""

    def __init__(self, visit: Visit, kind: type[Command], ref: str | None) -> None:
        self.kind, self.ref = kind, ref
        self._visit = visit
        self._item: Item | None = item_of(visit, ref) if ref else None
        self._offer: Offer = offer_of(kind)

    def fields(self, shown: SentValues | None, sent: Sent | None) -> tuple[FormField, ...]:
        """Return the fields of the form; of files only what is said of them, and themselves."""
        own = fields_of(self.kind, self._visit.names, shown)
        return with_file_field(own, self.kind, bounds_of(self._visit), sent)

    def carry_out(self, sent: Sent, version: int | None) -> LedgerAnswer:
        """Do what the form asks for. Raises a `Refusal` or `BadForm`."""
        visit = self._visit
        if self.ref is not None and self.kind.with_file:
            return give_with_files(visit, self.ref, None, sent)
        command = command_of(self.kind, self.ref, sent.form)
        require_seen(command, visit.now)
        if not sent.files:
            return visit.partnership.ledger.execute(
                command, actor=visit.person, command_id=sent.command_id, expected_version=version
            )
        if self.ref is None or not takes_files(self.kind):
            raise Unreadable
        return give_with_files(visit, self.ref, command, sent, expected_version=version)

    def refused(self, fields: Sequence[FormField], refusal: Refusal, sent: FormData) -> Response:
        """Show a form that was refused, with the reason beside its field where it has one."""
        named = {field.name for field in fields} | {"effective_on"}
        errors = {refusal.field: str(refusal)} if refusal.field in named else {}
        return self.page(
            with_errors(fields, {name: told for name, told in errors.items() if name}),
            errors={name: told for name, told in errors.items() if name},
            problem="" if errors else told_by_name(self._visit, refusal),
            status=422,
            sent=sent,
        )

    def page(
        self,
        fields: Sequence[FormField],
        *,
        errors: Mapping[str, str] | None = None,
        problem: str = "",
        status: int = 200,
        sent: FormData | None = None,
        seen: int | None = None,
    ) -> Response:
        """Show the form. `seen`: the change that somebody saw, where others came since."""
        return self._visit.page(
            "form.html",
            status=status,
            offer=self._offer,
            ref=self.ref,
            item=self._item,
            fields=fields,
            errors=errors or {},
            problem=problem,
            since=meanwhile(self._visit.now, self.ref, seen)
            if seen is not None and self.ref
            else (),
            effective_on=_line(sent, "effective_on"),
            back=_line(sent, "back") or self._visit.request.query_params.get("back", ""),
            command_id=_line(sent, "command_id") or new_identifier(),
        )


def _desk(visit: Visit, category: str, verb: str, on: str) -> _Desk:
    kind = command_called(category, verb)
    if kind is None:
        raise NothingHere
    if kind.with_file:
        ref = found_ref(on)
        if category_of(ref) not in shape_of(kind.model_fields["to"]).categories:
            raise NothingHere
        return _Desk(visit, kind, ref)
    if kind.opens:
        return _Desk(visit, kind, None)
    ref = found_ref(on)
    if not takes(kind, ref):
        raise NothingHere
    return _Desk(visit, kind, ref)


def _line(sent: FormData | None, name: str) -> str:
    value = sent.get(name) if sent is not None else None
    return value if isinstance(value, str) else ""


def _whole(sent: FormData, name: str) -> int | None:
    words = _line(sent, name)
    return int(words) if words.isascii() and words.isdigit() else None
