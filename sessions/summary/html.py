"""The page as one HTML file that prints well on A4 and on Letter: no scripts, nothing from elsewhere, every text escaped.

It is the Markdown page rendered, so that both always say the same.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from sessions.html_page import html_page
from sessions.state.session import Session
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
@page { margin: 14mm; }
@media print {
  :root { font-size: 11.5px; }
  body { background: #fff; line-height: 1.35; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h2 { margin-top: .9rem; }
  th, td { padding-top: .15rem; padding-bottom: .15rem; }
  tr, li, pre { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def as_html(session: Session, page: str) -> str:
    """Return the Markdown page of a session as one HTML file."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "html_inline", "html_block"]).render(page)
    return html_page(literal(session.title), _STYLE, body)
