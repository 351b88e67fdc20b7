"""The forms of a voter: a CSV to fill in and send back, and a sheet to print. Neither shows an earlier rank or vote."""

from __future__ import annotations

from html import escape

from sessions.html_page import html_page
from sessions.portfolio.models import Participant
from sessions.rounds.ballot import REASON_LIMIT
from sessions.rounds.methods.hands import SideSize, side_heading
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.methods.spec import MethodSpec
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


def form_csv(session: Session, round_: Round, voter: Participant) -> str:
    """Return the form of a voter as CSV (RFC 4180), whose last columns are empty: a row per card, or one row if one answer is asked."""
    spec, opened, titles = spec_of(round_.opened.method), round_.opened, titles_of(session, round_)
    answers = [spec.form_column, *filter(None, [spec.form_words]), *(["none"] if opened.asks_order else []), "abstain"]
    answers += ["reason_card", "reason"] if opened.asks_order else []
    if spec.form_by_card:
        heads, cells = ["number", "project"], [[str(opened.numbered[card]), title] for card, title in titles.items()]
    else:
        named = [f"{opened.numbered[card]} {title}" for card, title in titles.items()]
        heads, cells = ["project"], [[" or ".join(named if len(named) > 1 else titles.values())]]
    rows = [["voter", *heads, *answers], *([voter.id, *its, *[""] * len(answers)] for its in cells)]
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(text: str) -> str:
    text = guarded(harmless(text))
    return text if text.replace("_", "").replace("-", "").isalnum() or not text else '"' + text.replace('"', '""') + '"'


def form_html(session: Session, round_: Round, voter: Participant) -> str:
    """Return the sheet of a voter as one HTML file, every text escaped."""
    opened = round_.opened
    spec, numbers, asked = spec_of(opened.method), opened.numbered, question(opened)
    rules = " ".join(filter(None, (spec.form_asks, asked.rules) if opened.asks_order else (*asked.lines, spec.form_asks)))
    box = '<td class="box"><span></span></td>' if spec.form_by_card else ""
    until = f"<p><b>Until {_text(opened.until)}</b></p>\n" if opened.until else ""
    head = f'<th class="box">{_text(spec.form_column.capitalize())}</th>' if box else ""
    rows = "\n".join(
        f'<tr><td class="number">{numbers[card]}</td><td>{_text(title)}</td>{box}</tr>'
        for card, title in titles_of(session, round_).items()
    )
    body = f"""<h1>The ballot of {_text(voter.role)}</h1>
<p class="quiet">{_text(side_heading(SideSize(voter.side, 0)))} · {_text(session.title)} · {_text(heading(session, opened))}</p>
{until}<p>{_text(rules)}</p>
<p class="quiet">{_text(ANNOUNCED[opened.anonymity])}</p>
<table>
<thead><tr><th class="number">No.</th><th>{"Project" if spec.about_cards else "Question"}</th>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
<div class="reason">{_below(spec, order=opened.asks_order)}</div>
"""
    return html_page(f"The ballot of {clean(voter.role, 200)}", _STYLE, body)


def _below(spec: MethodSpec, *, order: bool) -> str:
    """Return what is below the cards of a sheet: the one answer, if it is not beside them, and lines for words."""
    if order:
        return f"""<p>One line of reason, if you like, about number <span class="line"></span> (at most {REASON_LIMIT} characters):</p>
<p><span class="line long"></span></p>
<p>☐ I abstain&ensp; ☐ None of these</p>"""
    answer = "" if spec.form_by_card else f'<p>{_text(spec.form_column.capitalize())}: <span class="line"></span></p>\n'
    words = f'<p>{_text(spec.form_words.capitalize())}:</p>\n<p><span class="line long"></span></p>\n' if spec.form_words else ""
    return f"{answer}{words}<p>☐ I abstain</p>"


def _text(text: str) -> str:
    return escape(clean(text, 1000))
