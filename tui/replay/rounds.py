"""A round about a card as it was revealed: the hands by side, the result, and whose they were where that was announced. Read-only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from textual.content import Content

from sessions.record.events import Method, RevealedBallot
from sessions.replay.card_changes import title_of
from sessions.rounds.card_rounds import ballots_of, duel_of, score_number, scores_by_side, shares_of, weighting_of
from sessions.rounds.seals import proof_told, prove
from sessions.state.session import ANONYMITY_NAMES, Round, Session
from sessions.voting.consent import tally_consent
from sessions.voting.scores import tally_scores
from sessions.wording import counted, listed, mean_name, side_name
from tui.text import fit, wrap
from tui.themes import Ink
from tui.voting.consent_words import passed_words, written_words
from tui.voting.fingers import CONSENT, SCORE, fingers, label_cells
from tui.voting.people_lines import heading
from tui.widgets.listing import Line, Piece

_LABEL = 14
_TITLE_LINES = 3


def panel(session: Session, round_: Round, width: int) -> Content:
    """Return what a revealed round said, for a panel of so many cells."""
    lines = [*_head(session, round_, width), [], *_RESULTS[round_.opened.method](session, round_, width)]
    named = _by_name(session, round_)
    lines += [[], *_prose(named, width, "muted")] if named else []
    proof = prove(round_)
    lines += [[], *_prose(proof_told(session, round_), width, "start" if proof.holds else "differ")] if proof else []
    return _content(lines)


def _content(lines: list[Line]) -> Content:
    parts: list[str | tuple[str, str]] = []
    for line in lines:
        # Filled up with spaces a line could be as wide as the panel, and be broken there.
        texts = [piece.text for piece in line[:-1]] + [piece.text.rstrip() for piece in line[-1:]]
        parts += [(text, f"{'bold ' if piece.bold else ''}$card-{piece.ink}") for text, piece in zip(texts, line, strict=True)]
        parts.append("\n")
    return Content.assemble(*parts[:-1])


def _prose(text: str, width: int, ink: Ink = "text", *, bold: bool = False, most: int = 6) -> list[Line]:
    return [[Piece(line, ink, bold=bold)] for line in wrap(text, width, most)] if text else []


def round_title(session: Session, round_: Round) -> str:
    """Name a revealed round: Ballot 1, points; Score round 2 on “Checkout”."""
    opened = round_.opened
    titles = [f"“{title_of(session, card)}”" for card in opened.cards]
    match opened.method:
        case "points" | "ranking":
            return f"Ballot {session.ballot_number(opened.round)}, {opened.method}"
        case "score":
            return f"Score round {score_number(session, opened)} on {titles[0] if len(titles) == 1 else counted(len(titles), 'card')}"
        case "duel":
            return f"Duel: {titles[0]} above {titles[1]}?"
        case "consent":
            return f"Consent on {titles[0]}"


def _head(session: Session, round_: Round, width: int) -> list[Line]:
    """Name the round, and say how it was held and who took part."""
    opened, revealed = round_.opened, round_.revealed
    lines = _prose(round_title(session, round_), width, "focus", bold=True, most=_TITLE_LINES)
    lines += _prose(opened.about, width, bold=True, most=_TITLE_LINES)
    if revealed is None:
        return lines
    parts = ["raised hands" if revealed.hands else f"masked ballots, {ANONYMITY_NAMES[opened.anonymity]}"]
    parts += [listed([f"{side_name(each.side)} {each.ballots} of {each.voices}" for each in revealed.turnout])] if revealed.turnout else []
    abstained = sum(each.abstained for each in revealed.ballots)
    parts += [f"{abstained} abstained"] if abstained else []
    parts += ["provisional: there was no quorum"] if revealed.provisional else []
    told = " · ".join(parts)
    return lines + _prose(told[:1].upper() + told[1:], width, "muted")


# --- the result of each method


def _scores(session: Session, round_: Round, width: int) -> list[Line]:
    cards, lines = round_.opened.cards, list[Line]()
    for card in cards:
        result = tally_scores(scores_by_side(round_, card), weighting_of(round_), shares_of(round_))
        lines += [[], *_prose(title_of(session, card), width, bold=True)] if len(cards) > 1 else []
        lines += fingers(SCORE, result.counts, result.means, width)
        together = [Piece(fit("together", label_cells(SCORE, width)), "muted"), Piece(mean_name(result.group or Fraction()), bold=True)]
        lines += [together] if result.group is not None else []
        silent = sum(result.no_opinion.values())
        lines += _prose(f"{counted(silent, 'voice')} had no opinion.", width, "muted") if silent else []
    return lines


def _consent(session: Session, round_: Round, width: int) -> list[Line]:
    card = round_.opened.cards[0]
    fists = {side: [fist for fist in given if fist is not None] for side, given in scores_by_side(round_, card).items()}
    result = tally_consent(fists)
    lines = _prose(passed_words(result), width, "start" if result.passed else "differ", bold=True)
    lines += [[], *fingers(CONSENT, result.counts, result.means, width)]
    for dissent in session.dissents:
        if dissent.card == card and dissent.round == round_.opened.round:
            said, answered = written_words(dissent)
            lines += [[], *_prose(said, width), *_prose(answered, width, "muted")]
    return lines + ([[], *_prose(f"The decider answered: {round_.answer}", width)] if round_.answer else [])


def _duel(session: Session, round_: Round, width: int) -> list[Line]:
    result = duel_of(round_)
    titles = [title_of(session, card) for card in round_.opened.cards]
    cells = max(8, (width - _LABEL) // 2)
    names = [Piece(fit(f"“{title}”", cells - 2) + "  ", "muted", bold=True) for title in titles]
    lines: list[Line] = [[Piece(" " * _LABEL), *names]]
    for side, hands in result.hands.items():
        name = heading(side) if side else "All voices"
        lines.append([Piece(fit(name, _LABEL)), Piece(fit(str(hands.lower), cells), bold=True), Piece(fit(str(hands.upper), cells), bold=True)])
    lower, upper = titles
    went = f"“{lower}” goes above “{upper}”." if result.raised else f"“{lower}” stays below “{upper}”."
    return [*lines, [], *_prose(went, width, "start" if result.raised else "text", bold=True)]


def _order(session: Session, round_: Round, width: int) -> list[Line]:
    """Return the first cards of an order, where nobody can open its own screen."""
    tally = round_.revealed.tallies[0].order[:10] if round_.revealed and round_.revealed.tallies else ()
    return [line for rank, card in enumerate(tally, 1) for line in _prose(f"{rank:>2}  {title_of(session, card)}", width, most=1)]


_RESULTS: Mapping[Method, Callable[[Session, Round, int], list[Line]]] = {
    "points": _order, "ranking": _order, "score": _scores, "consent": _consent, "duel": _duel,
}  # fmt: skip


# --- whose they were


def _by_name(session: Session, round_: Round) -> str:
    """Return who gave what, only where that was announced before the first ballot (METHOD 2.6)."""
    if round_.opened.anonymity != "named" or len(round_.opened.cards) > 2:
        return ""
    told = [f"{session.role(each.voice)} {_gave(session, round_, each)}" for each in ballots_of(round_) if each.voice]
    return f"By name: {', '.join(told)}." if told else ""


def _gave(session: Session, round_: Round, ballot: RevealedBallot) -> str:
    if ballot.prefers:
        return f"“{title_of(session, ballot.prefers)}”"
    scores = dict(ballot.scores)
    return " and ".join(str(scores.get(card, "–")) for card in round_.opened.cards)
