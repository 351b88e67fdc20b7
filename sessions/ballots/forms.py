"""The forms of a voter: a CSV to fill in and send back, and a sheet to print. Neither shows an earlier rank or vote."""

from __future__ import annotations

from html import escape

from sessions.errors import SessionError
from sessions.html_page import html_page
from sessions.portfolio.models import Participant
from sessions.rounds.ballot import REASON_LIMIT
from sessions.rounds.methods.hands import SideSize, side_heading
from sessions.rounds.methods.order import OrderSpec
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.words import ANNOUNCED, heading, question, titles_of
from sessions.sanitize import clean, guarded, harmless
from sessions.state.rounds import Round
from sessions.state.session import Session

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #f4f4f1; color: #1d1d1b; font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 48rem; margin: 2rem auto; padding: 2rem 2.5rem; background: #fff; border: 1px solid #ddd; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .3rem; }
p { margin: .4rem 0; }
td, p, h1 { overflow-wrap: anywhere; unicode-bidi: plaintext; }
.quiet { color: #595955; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th { text-align: left; color: #595955; font-weight: 600; }
th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #d5d5d0; vertical-align: middle; }
.number { width: 2.5rem; font-weight: 700; text-align: right; }
.box { width: 5rem; }
.box span, .line { display: inline-block; border: 1.5px solid #1d1d1b; border-radius: 3px; }
.box span { width: 3.6rem; height: 1.5rem; }
.line { border-width: 0 0 1.5px; border-radius: 0; width: 4rem; }
.long { width: 100%; height: 1.6rem; }
@page { margin: 15mm 14mm; }
@media print {
  body { background: #fff; font-size: 10pt; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  th, td { padding: .15rem .5rem .15rem 0; }
  .box span { height: 1.15rem; }
  tr, .reason { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def check_forms(round_: Round) -> None:
    """Raise SessionError if a round has no forms."""
    _spec(round_)


def form_csv(session: Session, round_: Round, voice: Participant) -> str:
    """Return the form of a voter as CSV (RFC 4180): a row per card, whose last columns are empty."""
    spec, numbers = _spec(round_), round_.opened.numbered
    rows = [("voter", "number", "project", spec.form_column, "abstain", "reason_card", "reason")]
    rows += [(voice.id, str(numbers[card]), title, "", "", "", "") for card, title in titles_of(session, round_).items()]
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(text: str) -> str:
    text = guarded(harmless(text))
    return text if text.replace("_", "").replace("-", "").isalnum() or not text else '"' + text.replace('"', '""') + '"'


def form_html(session: Session, round_: Round, voice: Participant) -> str:
    """Return the sheet of a voter as one HTML file, every text escaped."""
    spec, opened = _spec(round_), round_.opened
    numbers = opened.numbered
    rules = " ".join(filter(None, (spec.form_asks, question(opened).rules)))
    until = f"<p><b>Until {_text(opened.until)}</b></p>\n" if opened.until else ""
    rows = "\n".join(
        f'<tr><td class="number">{numbers[card]}</td><td>{_text(title)}</td><td class="box"><span></span></td></tr>'
        for card, title in titles_of(session, round_).items()
    )
    body = f"""<h1>The ballot of {_text(voice.role)}</h1>
<p class="quiet">{_text(side_heading(SideSize(voice.side, 0)))} · {_text(session.title)} · {_text(heading(session, opened))}</p>
{until}<p>{_text(rules)}</p>
<p class="quiet">{_text(ANNOUNCED[opened.anonymity])}</p>
<table>
<thead><tr><th class="number">No.</th><th>Project</th><th class="box">{_text(spec.form_column.capitalize())}</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<div class="reason"><p>One line of reason, if you like, about number <span class="line"></span> (at most {REASON_LIMIT} characters):</p>
<p><span class="line long"></span></p>
<p>☐ I abstain&ensp; ☐ None of these</p></div>
"""
    return html_page(f"The ballot of {clean(voice.role, 200)}", _STYLE, body)


def _text(text: str) -> str:
    return escape(clean(text, 1000))


def _spec(round_: Round) -> OrderSpec[object]:
    """Return the method of a round that asks for an order; the others are about a card in discussion, and are answered in the room."""
    spec = spec_of(round_.opened.method)
    if not isinstance(spec, OrderSpec):
        raise SessionError(f"A {spec.title} is open, which is answered in the room: forms are made for ballots on the order.")
    return spec
