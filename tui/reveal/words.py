"""The head of a reveal, in words a director understands, with figures: what was counted, who voted, how far the room agrees."""

from __future__ import annotations

from fractions import Fraction

from sessions.record.events import BoardKept, GroupOrderTaken, RoundOpened, Weighting
from sessions.rounds.methods.registry import order_spec
from sessions.rounds.reveal import RevealResult
from sessions.rounds.words import ANONYMITY_NAMES
from sessions.state.rounds import Round, Talk
from sessions.state.session import Session
from sessions.voting.agreement import UNDEFINED, agreement_word
from sessions.voting.attention import percent
from sessions.voting.biases import OwnShare
from sessions.wording import side_name

MUCH_OF_ITS_OWN = Fraction(1, 2)
"""From this share on the reveal shows how much of a card's points its own sponsor gave (METHOD 2.5)."""
HANDS_TELL_NO_AGREEMENT = "Raised hands do not tell how far the voters agree."
ALL_ABSTAINED = "Everybody abstained: there is no order to show, and the board stays as it is."
NONE_YET = "No ballot was revealed yet."
SMALL_SIDE = "A side is so small that its count would name someone: only the whole room is shown."

_TALKED = {"moved": "moved", "kept": "kept its place", "duel": "settled by a duel", "differ": "agreed to differ"}


def counting_name(weighting: Weighting, shares: tuple[tuple[str, int], ...] = ()) -> str:
    """Return how voters are counted (METHOD 3.1)."""
    if weighting == "person":
        return "one person, one vote"
    return " : ".join(f"{side_name(side)} {share}" for side, share in shares) if shares else "equal sides"


def method_words(opened: RoundOpened) -> str:
    """Return what the ballot asked for, and what was announced about whose it is: points (100 per voter, at most 25 on a card), by side."""
    spec = order_spec(opened.method)
    limits = spec.limits(opened)
    return f"{spec.label}{f' ({limits})' if limits else ''}, {ANONYMITY_NAMES[opened.anonymity]}"


def turnout_words(reading: RevealResult) -> str:
    """Return who voted and who did not, whether that was a quorum, and the reason for revealing without one."""
    told = "Counted by show of hands" if reading.revealed.hands else f"Ballots in: {reading.turnout}"
    return " · ".join(filter(None, (told, warning_words(reading))))


def warning_words(reading: RevealResult) -> str:
    """Return who did not vote, that there was no quorum, and the reason for revealing all the same; nothing if all is well."""
    revealed, session, parts = reading.revealed, reading.session, []
    if revealed.override:
        parts.append(f"revealed all the same: {revealed.override}")
    if revealed.provisional:
        parts.append("provisional: without a quorum")
    if revealed.missing:
        parts.append(f"missing: {', '.join(session.role(voter) for voter in revealed.missing)}")
    return " · ".join(parts)


def agreement_words(reading: RevealResult) -> str:
    """Return how far the room agrees: over all, inside each side, between the sides (METHOD 4.1, 4.2). "–" is a figure that is not defined.

    Raised hands do not tell: the list below says so.
    """
    if reading.revealed.hands:
        return ""
    found = reading.agreement
    own = [(side_name(side), found.w_by_side.get(side)) for side in reading.sides] if len(reading.sides) > 1 else []
    text = f"Agreement (W): {_strength(found.w_all, ' over all')}"
    if own:
        (first, w), *others = own
        inside = [f"{first} among themselves {_strength(w)}", *[f"{name} {_strength(other)}" for name, other in others]]
        text += f"; {', '.join(inside)}; {_between(reading)}"
    return text


def _strength(w: Fraction | None, where: str = "") -> str:
    return f"{agreement_word(w)}{where}{'' if w is None else f' ({hundredths(w)})'}"


def _between(reading: RevealResult) -> str:
    found, two = reading.agreement, len(reading.sides) == 2
    if found.same_way is None:
        return f"between the sides {UNDEFINED}"
    tau = UNDEFINED if found.tau_b is None else f"{found.tau_b:.2f}"
    who = "both sides order" if two else "two sides order"
    return f"of the pairs {who}, {percent(found.same_way)}% the same way (tau {tau})"


def hundredths(figure: Fraction) -> str:
    """Return a figure from 0 to 1 with two decimals, halves up: 0.56."""
    whole = (200 * figure.numerator + figure.denominator) // (2 * figure.denominator)
    return f"{whole // 100}.{whole % 100:02d}"


def groupthink_words(reading: RevealResult) -> str:
    """Return the request for a reason against the first card if the voters agree very much (METHOD 2.5), else nothing."""
    if not reading.groupthink or reading.agreement.w_all is None or not reading.order:
        return ""
    return f"The voters agree very much: ask for one reason against “{reading.title(reading.order[0])}” before you continue."


def hides_sides(reading: RevealResult) -> bool:
    """Return whether the sides are not shown apart, because that would expose someone (METHOD 2.6)."""
    return bool(reading.order) and not reading.sides and len(reading.revealed.turnout) > 1


def condorcet_words(reading: RevealResult, weighting: Weighting) -> str:
    """Return which card of a ranking wins every duel (METHOD 3.3), or nothing."""
    tally = reading.tally(weighting)
    if tally is None:
        return ""
    won = [card for card, (wins, _) in zip(tally.order, tally.duels, strict=False) if wins == len(tally.order) - 1 > 0]
    return f"“{reading.title(won[0])}” wins every duel." if won else ""


def own_share_words(own: OwnShare | None, cap: int) -> str:
    """Return how much of a card's points its own sponsor gave, if that is large: 19 of its 25 points come from its sponsor.

    It is large from half of the card's points, if these are at least half of what one voter may give (`cap`).
    """
    if own is None or own.share < MUCH_OF_ITS_OWN or 2 * own.own < cap:
        return ""
    return f"{'all' if own.own == own.total else own.own} of its {own.total} points come from its sponsor"


def talk_words(session: Session, card: str) -> str:
    """Return what became of the latest discussion of a card, or nothing."""
    talk: Talk | None = next((each for each in reversed(session.talks) if each.card == card), None)
    if talk is None:
        return ""
    return f"✓ {_TALKED[talk.closed.outcome]}" if talk.closed else "the discussion continues"


def outcome_words(round_: Round) -> str:
    """Return what the room made of the order, or nothing while that is open."""
    outcome = round_.outcome
    if isinstance(outcome, GroupOrderTaken):
        return f"The group's order was taken ({counting_name(outcome.weighting, round_.opened.shares)})."
    if isinstance(outcome, BoardKept):
        return f"The board stayed the same{f': {outcome.reason}' if outcome.reason else '.'}"
    return ""
