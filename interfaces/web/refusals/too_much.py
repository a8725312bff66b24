"""What is answered where too much is sent at once, or too often: the bound, the mend, the words.

Of what is far too large no more is kept than what somebody who is signed in may have typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import FormParser, MultiPartException
from starlette.requests import ClientDisconnect

from interfaces.web.files.file_paths import (
    MOST_BODY_BYTES,
    MOST_BODY_WITH_FILE_BYTES,
    MOST_IMPORT_BYTES,
    is_of_import,
)
from interfaces.web.forms import label_of
from interfaces.web.importing.carried import MOST_DOCUMENT_BYTES
from interfaces.web.importing.sent import MOST_FIELDS, CellTooLong, is_import, too_long
from interfaces.web.refusals.held import Held, Pair, asked_by, held, of_fields
from interfaces.web.refusals.refused_requests import TooLarge, TooOften
from interfaces.web.sent_forms import require_texts
from interfaces.web.visit import visiting
from projections.evidence_facts import size_in_words

_MOST_TYPED_BYTES: Final = 12_000_000
"""So much is read again of what somebody typed, to be given back to them."""

_TYPED: Final = "application/x-www-form-urlencoded"
_CHECKING: Final = "/import/check"
_OF_IMPORT: Final = (
    f"A document may have {MOST_DOCUMENT_BYTES // 1_000_000} MB. Copy the plan alone into a new"
    " file, or take it in with the command line: goldthread import."
)
_OF_CELLS: Final = "No cell takes more than 20,000 characters: shorten it once you are back."
_OF_FILES: Final = (
    "Choose fewer files, or smaller ones, and add the others afterwards; a text beside them may"
    " have 20,000 characters. Going back in your browser brings back what you typed."
)
_OF_WORDS: Final = (
    "A text may have 20,000 characters: shorten it, or hand it in as a file where there is a place"
    " for one."
)


async def too_often(request: Request, problem: Exception) -> Response:
    """Say when it may be asked for again, and keep what was typed until then."""
    wait = problem.wait_seconds if isinstance(problem, TooOften) else 60
    visit = await run_in_threadpool(visiting, request)
    # Whoever nobody knows is not listened to for long, the less the more often they come.
    form = await held(request, MOST_BODY_WITH_FILE_BYTES if visit.session else MOST_BODY_BYTES)
    answer = await run_in_threadpool(_too_often_page, request, form, -(-wait // 60))
    answer.headers["Retry-After"] = str(wait)
    return answer


def _too_often_page(request: Request, form: Held, minutes: int) -> Response:
    return visiting(request).page(
        "too_often.html",
        without_day=True,
        status=429,
        minutes=minutes,
        held=form,
        is_looked_at=request.method in {"GET", "HEAD"},
    )


async def too_large(request: Request, problem: Exception) -> Response:
    """Say how much is taken and what to do, and give back what was typed, as far as it came."""
    most_bytes = problem.most_bytes if isinstance(problem, TooLarge) else MOST_BODY_BYTES
    fields = FormData()
    if isinstance(problem, CellTooLong):
        fields, most_bytes = problem.fields, MOST_IMPORT_BYTES
    elif isinstance(problem, TooLarge) and problem.is_unread:
        fields = await _typed(request)
    return await run_in_threadpool(_too_large_page, request, most_bytes, fields)


def _too_large_page(request: Request, most_bytes: int, fields: FormData) -> Response:
    path, length = request.url.path, _length(request)
    long = too_long(fields) if is_import(path) else []
    return visiting(request).page(
        "too_large.html",
        without_day=True,
        status=413,
        size=size_in_words(length) if length > most_bytes else "",
        most=size_in_words(most_bytes),
        mend=_mend(request, is_long=bool(long)),
        long=[(_called(name), words) for name, words in long],
        held=_given_back(request, fields, long),
        onwards="/import" if is_of_import(path) else "/",
    )


def _mend(request: Request, *, is_long: bool) -> str:
    if is_of_import(request.url.path):
        return _OF_CELLS if is_long else _OF_IMPORT
    return _OF_FILES if _has_files(request) else _OF_WORDS


def _called(name: str) -> str:
    """Return what a cell of a dry run is called, whose name ends with its number."""
    return label_of(name.rpartition("-")[0].replace("-", "_") or name)


def _given_back(request: Request, fields: FormData, long: Sequence[Pair]) -> Held:
    """Return what can be sent again.

    Of an import all that is not too long goes on by itself; any other form is to be shortened.
    """
    pairs = [(name, words) for name, words in fields.multi_items() if isinstance(words, str)]
    if not is_import(request.url.path):
        return of_fields(asked_by(request), pairs)
    return Held(_CHECKING, [one for one in pairs if one not in long], has_document=True)


async def _typed(request: Request) -> FormData:
    """Return what was typed by somebody who is signed in; whatever else comes is let go."""
    visit = await run_in_threadpool(visiting, request)
    is_kept = visit.session is not None and _length(request) <= _MOST_TYPED_BYTES
    try:
        if is_kept and _is_typed(request):
            parser = FormParser(
                request.headers,
                request.stream(),
                max_fields=MOST_FIELDS,
                max_part_size=_MOST_TYPED_BYTES,
            )
            return require_texts(await parser.parse())
        if _length(request) <= MOST_BODY_WITH_FILE_BYTES:
            # A browser that is answered before it has sent everything tells that it was cut off.
            async for _ in request.stream():
                pass
    except (ClientDisconnect, MultiPartException, ValueError):
        pass
    return FormData()


def _is_typed(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith(_TYPED)


def _has_files(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def _length(request: Request) -> int:
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() else 0
