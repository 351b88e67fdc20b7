"""Where the room disagreed: before the discussion, after it, and what was written down (METHOD 2.7); and what the ballots were (METHOD 3)."""

from __future__ import annotations

from sessions.record.events import BallotsRevealed, GroupOrderTaken
from sessions.rounds.methods.registry import spec_of
from sessions.rounds.reasons import reasons
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import close_call, headline, unity
from sessions.rounds.scores import Scores, scored_cards
from sessions.rounds.undiscussed import undiscussed
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.summary.facts import gaps, revealed_rounds
from sessions.summary.markdown_escape import inline
from sessions.summary.page import bullets, in_a_row, table
from sessions.voting.scores import ScoreResult
from sessions.wording import capital, listed, mean_name, ordinal, place_name, plural, sentence, side_name

_GAPS = 5
_ROWS = 12
_NOTHING = "–"


def where_we_disagreed(session: Session) -> list[list[str]]:
    """Return the scores before and after the discussions, and what was recorded; else the widest gaps of the ballot, and the dissent apart."""
    scored = scored_cards(session)
    if not scored:
        return [_gap_rows(session), _dissent_rows(session), bullets(_not_discussed(session))]
    sides = " / ".join(side_name(side) for side in session.sides)
    scores = in_a_row([f"{inline(session.title_of(card))} ({_scores(session, card)})" for card in scored], _ROWS)
    about = dict.fromkeys([*scored, *(each.card for each in session.dissents)])
    recorded = [f"{inline(session.title_of(card))}. {words}" for card in about if (words := _recorded(session, card))]
    lines = [f"{capital(sides)} scored 0 to 5, before → after: {scores}.", *recorded]
    return [bullets([*lines, *_not_discussed(session)], _ROWS)]


def _scores(session: Session, card: str) -> str:
    """Return the sides' means before and after the discussion: 1.5 / 4.0 → 2.3 / 3.6."""
    return " → ".join(_means(session, each) for each in Scores(session, card).results)


def _means(session: Session, result: ScoreResult) -> str:
    if set(result.means) <= {""}:
        return mean_name(result.group) if result.group is not None else _NOTHING
    return " / ".join(mean_name(result.means[side]) if side in result.means else _NOTHING for side in session.sides)


def _recorded(session: Session, card: str) -> str:
    """Return the written disagreement on a card: who, why and the answer, and whether the discussion ended in disagreement."""
    told = [_dissent(each.who, each.stance, each.text, each.answer) for each in session.dissents if each.card == card]
    for talk in session.talks:
        if talk.card == card and talk.closed and talk.closed.outcome == "differ":
            told.append(inline(sentence(f"The room agrees to differ{f': {talk.closed.note}' if talk.closed.note else ''}")))
    return " ".join(told)


def _dissent(who: str, stance: str, text: str, answer: str) -> str:
    return f"{inline(who)} ({stance}): {inline(sentence(text))} → {inline(sentence(answer))}"


def _dissent_rows(session: Session) -> list[str]:
    rows = [
        (inline(session.title_of(each.card)), f"{inline(each.who)} ({each.stance})", inline(each.text), inline(each.answer))
        for each in session.dissents
    ]
    return table(("Project", "Who disagreed", "Why", "Answer"), rows, _ROWS)


def _gap_rows(session: Session) -> list[str]:
    found = gaps(session)[:_GAPS]
    sides = list(found[0].ranks) if found else []
    rows = [(inline(gap.card.title), *(place_name(gap.ranks[side]) for side in sides), ordinal(gap.board)) for gap in found]
    put = [f"{capital(side_name(side))} put it" for side in sides]
    return table(("Project", *put, "The board has it"), rows, _GAPS)


def _not_discussed(session: Session) -> list[str]:
    """Return the cards on which the room differs and that it did not discuss, as one line."""
    scored = scored_cards(session)  # named above
    cards = [f"#{session.rank(card)} {inline(session.title_of(card))}" for card in undiscussed(session) if card not in scored]
    return [f"Not discussed, although the room differs on {'it' if len(cards) == 1 else 'them'}: {in_a_row(cards, _ROWS)}."] if cards else []


def ballots_told(session: Session) -> list[str]:
    """Return what the ballots on the order were: method, turnout by side, the latest outcome, agreement, and what it depends on."""
    rounds = revealed_rounds(session)
    if not rounds or rounds[-1].revealed is None:
        return []
    round_, revealed = rounds[-1], rounds[-1].revealed
    reading = RevealResult(session, round_)
    told = " ".join(filter(None, (headline(reading), unity(reading))))
    lines = [f"Ballot {session.ballot_number(revealed.round)} ({_method(round_)}): {_turnout(revealed)}{_became(round_)} {told}".strip()]
    return lines + ([inline(close)] if (close := close_call(reading)) else [])


def reasons_told(session: Session) -> list[str]:
    """Return the lines of reason that came with the latest ballot on the order, as far as was announced."""
    found = [each for round_ in revealed_rounds(session)[-1:] for each in reasons(session, round_)]
    return [f"{inline(session.title_of(each.card))}: “{inline(each.text)}” ({inline(each.who)})" for each in found]


def _method(round_: Round) -> str:
    shares = round_.opened.shares
    name = spec_of(round_.opened.method).summary_name(round_.opened)
    return name + (f", sides {' to '.join(f'{side_name(side)} {share}' for side, share in shares)}" if shares else "")


def _turnout(revealed: BallotsRevealed) -> str:
    abstained = sum(ballot.abstained for ballot in revealed.ballots)
    asides = [f"{abstained} abstained"] if abstained else []
    asides += ["provisional, there was no quorum"] if revealed.provisional else []
    aside = f" ({', '.join(asides)})" if asides else ""
    if revealed.hands:
        return f"by show of hands{', provisional, there was no quorum' if revealed.provisional else ''}"
    if not revealed.turnout:
        return f"{len(revealed.ballots) - abstained} of {plural(len(revealed.ballots) + len(revealed.missing), 'voter')} voted"
    return f"{listed([f'{side_name(each.side)} {each.ballots} of {each.voices}' for each in revealed.turnout])} voted{aside}"


def _became(round_: Round) -> str:
    match round_.outcome:
        case None:
            return "."
        case GroupOrderTaken():
            return ", and the board took the group's order."
        case _:
            return ", and the board stayed as it was."
