"""Pages for what is refused before anybody knows who asks, or where nothing else can be shown."""

from __future__ import annotations

from typing import Final

from starlette.responses import HTMLResponse, Response

from interfaces.web.static_files import STATIC

_PAGE: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{heading}</title>
<link rel="stylesheet" href="{style}">
<link rel="icon" href="{mark}" type="image/svg+xml">
</head>
<body>
<main id="main" class="within">
<div class="narrow">
<h1>{heading}</h1>
<p>{words}</p>
<p><a href="/">Begin again</a></p>
</div>
</main>
</body>
</html>
"""


def bare_page(status: int, heading: str, words: str) -> Response:
    """Return a page that asks nothing of the record.

    `heading` and `words` are ours: nothing that somebody sent stands in them.
    """
    style, mark = STATIC["house.css"].path, STATIC["mark.svg"].path
    filled = _PAGE.format(heading=heading, words=words, style=style, mark=mark)
    return HTMLResponse(filled, status)
