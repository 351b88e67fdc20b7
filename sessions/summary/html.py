"""The page as one HTML file that prints well on A4 and on Letter: no scripts, nothing from elsewhere, every text escaped.

It is the Markdown page rendered, so that both always say the same.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from sessions.html_page import html_page
from sessions.state.session import Session
from sessions.summary.markdown_escape import literal

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #f4f4f1; color: #1d1d1b; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 54rem; margin: 2rem auto; padding: 2.5rem 3rem; background: #fff; border: 1px solid #ddd; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h1 + p { color: #595955; margin: 0 0 1.5rem; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .4rem; padding-bottom: .2rem; border-bottom: 2px solid #1f4e8c; }
ul { margin: .4rem 0; padding-left: 1.2rem; }
li { margin: .2rem 0; }
p, li, td { overflow-wrap: anywhere; unicode-bidi: plaintext; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: .92rem; }
th { text-align: left; color: #595955; font-weight: 600; }
th, td { padding: .3rem .6rem .3rem 0; vertical-align: top; border-bottom: 1px solid #e2e2de; }
pre { margin: .6rem 0; overflow-x: auto; font: .8rem/1.35 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre code { font: inherit; }
@media (max-width: 40rem) { main { margin: 0; padding: 1.25rem; border: 0; } }
@page { margin: 15mm 14mm; }
@media print {
  body { background: #fff; font-size: 9.5pt; line-height: 1.35; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h1 { font-size: 16pt; }
  h2 { font-size: 11pt; margin-top: 10pt; break-after: avoid; }
  tr, li, pre { break-inside: avoid; }
  thead { display: table-header-group; }
  pre { font-size: 7.5pt; }
}
"""


def as_html(session: Session, page: str) -> str:
    """Return the Markdown page of a session as one HTML file."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "html_inline", "html_block"]).render(page)
    return html_page(literal(session.title), _STYLE, body)
