"""One HTML file that prints well on A4 and on Letter: no scripts, nothing from elsewhere. Imports nothing of ours."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Quarterdeck">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


def html_page(title: str, style: str, body: str) -> str:
    """Return a page; the title is escaped here, the body is as it is."""
    return _PAGE.format(title=escape(title), style=style, body=body)
