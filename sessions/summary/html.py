"""The page as one HTML file that prints well on A4 and on Letter: no scripts, nothing from elsewhere, every text escaped.

It is the Markdown page rendered, so that both always say the same.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from sessions.html_page import html_page
from sessions.state.session import Session
from sessions.summary.markdown import ACROSS
from sessions.summary.markdown_escape import literal

_STYLE = """
:root { color-scheme: light; font-size: 16px; }
body { margin: 0; background: #f4f4f1; color: #1d1d1b; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 54rem; margin: 2rem auto; padding: 2.5rem 3rem; background: #fff; border: 1px solid #ddd; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h1 + p { color: #595955; margin: 0 0 1.5rem; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .4rem; padding-bottom: .2rem; border-bottom: 2px solid #1f4e8c; break-after: avoid; }
ul, ol { margin: .4rem 0; padding-left: 1.2rem; }
li { margin: .2rem 0; }
p, li { overflow-wrap: anywhere; unicode-bidi: plaintext; }
table { max-width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: .92rem; }
th { text-align: left; color: #595955; font-weight: 600; }
th, td { padding: .3rem 1.5rem .3rem 0; vertical-align: top; border-bottom: 1px solid #e2e2de; }
td { max-width: 28rem; overflow-wrap: break-word; unicode-bidi: plaintext; }
pre { margin: .6rem 0; overflow-x: auto; font: .8rem/1.35 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre code { font: inherit; }
@media (max-width: 40rem) {
  main { margin: 0; padding: 1.25rem; border: 0; }
  th, td { padding-right: .6rem; }
}
@page { margin: 7mm 9mm; }
@media print {
  body { background: #fff; font-family: Arial, "Helvetica Neue", "Liberation Sans", "Noto Sans", sans-serif; line-height: 1.22; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h1 { font-size: 1.6em; margin-bottom: .1em; }
  h1 + p { margin-bottom: .2em; }
  h2 { font-size: 1.05em; margin: .45em 0 .1em; padding-bottom: 0; border-bottom-width: 1px; }
  p, ul, ol, table, pre { margin: .1em 0; }
  ul { padding-left: 1.2em; }
  li { margin: 0; }
  table { font-size: 1em; }
  th, td { padding: 0 .6em 0 0; }
  td { max-width: none; }
  tr, li, pre { break-inside: avoid; }
  thead { display: table-header-group; }
  .more { columns: 2; column-gap: 5mm; font-size: .92em; line-height: 1.18; margin-top: .5em; }
  .more h2 { margin-top: .35em; }
  .more section:first-child h2 { margin-top: 0; }
  .more pre { font-size: .8em; line-height: 1.1; overflow: hidden; }
}
"""
_SIZES = ((3000, 14.0), (6000, 11.5))
"""Letter sizes in print for pages of up to this many characters."""
_SMALLEST = 9.4
"""That of longer pages, so that a meeting about 25 projects is one sheet of A4 or Letter."""
_READABLE = 12.0
"""That of several sheets."""


def as_html(session: Session, page: str, *, sheets: bool = False) -> str:
    """Return a Markdown page of a session as one HTML file; with `sheets` it may be longer than one, and all of it takes the whole width."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "html_inline", "html_block"])
    head, *sections = parser.render(page).split("<h2>")
    across = [each for each in sections if sheets or _title(each) in ACROSS]
    more = [each for each in sections if not sheets and _title(each) not in ACROSS]
    body = f"{head}{_sections(across)}" + (f'<div class="more">\n{_sections(more)}</div>\n' if more else "")
    size = _READABLE if sheets else next((size for most, size in _SIZES if len(page) <= most), _SMALLEST)
    return html_page(literal(session.title), f"{_STYLE}@media print {{ :root {{ font-size: {size}px; }} }}\n", body)


def _title(section: str) -> str:
    return section.partition("</h2>")[0]


def _sections(sections: list[str]) -> str:
    return "".join(f"<section>\n<h2>{each}</section>\n" for each in sections)
