"""A round about a card as it was revealed: the hands by side, the result, and their owners if that was announced. Read-only."""

from __future__ import annotations

from textual.content import Content

from sessions.rounds.methods.revealed import ballots_of
from sessions.rounds.seals import proof_told, prove
from sessions.rounds.words import ANONYMITY_NAMES, heading_revealed
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import capital, listed, side_name
from tui.voting.methods.registry import view_of
from tui.voting.methods.view import prose
from tui.widgets.listing import Line

_TITLE_LINES = 3


def panel(session: Session, round_: Round, width: int) -> Content:
    """Return what a revealed round said, for a panel of `width` cells."""
    lines = [*_head(session, round_, width), [], *view_of(round_.opened.method).drawing(session, round_, width)]
    named = _by_name(session, round_)
    lines += [[], *prose(named, width, "muted")] if named else []
    proof = prove(round_)
    lines += [[], *prose(proof_told(session, round_), width, "start" if proof.holds else "differ")] if proof else []
    return _content(lines)


def _content(lines: list[Line]) -> Content:
    parts: list[str | tuple[str, str]] = []
    for line in lines:
        # A line padded to the width of the panel could wrap there.
        texts = [piece.text for piece in line[:-1]] + [piece.text.rstrip() for piece in line[-1:]]
        parts += [(text, f"{'bold ' if piece.bold else ''}$card-{piece.ink}") for text, piece in zip(texts, line, strict=True)]
        parts.append("\n")
    return Content.assemble(*parts[:-1])


def _head(session: Session, round_: Round, width: int) -> list[Line]:
    """Name the round, and say how it was held and who took part."""
    opened, revealed = round_.opened, round_.revealed
    lines = prose(heading_revealed(session, opened), width, "focus", bold=True, most=_TITLE_LINES)
    lines += prose(opened.about, width, bold=True, most=_TITLE_LINES)
    if revealed is None:
        return lines
    parts = ["raised hands" if revealed.hands else f"ballots, {ANONYMITY_NAMES[opened.anonymity]}"]
    # Hands for an order are counted by card, and do not tell how many voted.
    turnout = () if revealed.hands and opened.asks_order else revealed.turnout
    parts += [listed([f"{side_name(each.side)} {each.ballots} of {each.voices}" for each in turnout])] if turnout else []
    abstained = sum(each.abstained for each in revealed.ballots)
    parts += [f"{abstained} abstained"] if abstained else []
    parts += ["provisional: there was no quorum"] if revealed.provisional else []
    told = " · ".join(parts)
    return lines + prose(capital(told), width, "muted")


# --- whose they were


def _by_name(session: Session, round_: Round) -> str:
    """Return who gave what, only if that was announced before the first ballot (METHOD 2.6)."""
    if round_.opened.anonymity != "named" or len(round_.opened.cards) > 2:
        return ""
    view = view_of(round_.opened.method)
    told = [f"{session.role(each.voice)} {view.gave(session, round_, each)}" for each in ballots_of(round_) if each.voice]
    return f"By name: {', '.join(told)}." if told else ""
