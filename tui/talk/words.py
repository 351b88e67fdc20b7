"""What the discussion screen says in words: why we discuss a card, who speaks when, who moved, how far apart the sides are, how it ended."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from sessions.deciding.sponsors import lacks_sponsor
from sessions.portfolio.benefits import benefit_words
from sessions.rounds.methods.duel import duel_of
from sessions.rounds.methods.sides_told import tells_sides
from sessions.rounds.reveal import RevealResult
from sessions.rounds.reveal_words import one_ballot_words
from sessions.rounds.scores import Extreme
from sessions.state.moves import last_move
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.attention import percent
from sessions.voting.duel import DuelResult
from sessions.voting.scores import Movement, Pull
from sessions.wording import capital, listed, mean_name, ordinal, place_name, plural, seconds_name, sentence, side_name, worth_name
from tui.sides import looks, shaped_name
from tui.talk.view import TalkView

NOT_VOTED = "No ballot was revealed that has this card."
BY_HANDS = "Hands were raised on it, which do not tell how far people differ."
WITHDRAWN = "It was withdrawn: there is nothing left to decide."
_ENDED = {"moved": "Moved", "kept": "It keeps its place", "duel": "Settled by a duel", "differ": "The room agrees to differ"}


def whose(view: TalkView) -> str:
    """Return the card's sponsor and what it is worth."""
    card, objectives = view.card, {each.id: each for each in view.session.objectives}
    objective = objectives.get(card.objective)
    parts = [f"sponsor {card.sponsor}" if card.sponsor else "no sponsor", f"IT partner {card.it_partner}" if card.it_partner else ""]
    worth = worth_name(card.benefit.monthly, view.session.portfolio.currency_of(card.benefit.currency))
    named = () if objective is None else dict.fromkeys((objective.id, objective.text))  # a name that a table gave alone is both
    parts += [worth, f"for {' '.join(named)}" if named else ""]
    return " · ".join(part for part in parts if part)


def benefit(view: TalkView) -> str:
    """Return what the card is for, in the words that its sponsor reads out."""
    card = view.card
    return benefit_words(card.benefit) or card.description


# --- why we discuss it


def reason(view: TalkView) -> str:
    """Return why the room discusses the card, as a sentence."""
    if view.withdrawn:
        return WITHDRAWN
    found, reading = view.to_talk, view.reading
    if found is None:
        return BY_HANDS if reading and reading.revealed.hands and view.id in reading.order else NOT_VOTED
    hangs = one_ballot_words(reading, view.id) if reading and reading.one_ballot_known else ""
    return f"{found.why} {hangs}".strip()


def places(view: TalkView) -> str:
    """Return each side's place of the card, and the group's."""
    reading = view.reading
    if reading is None or view.withdrawn or view.id not in reading.order:
        return ""
    shown = looks((*view.session.sides, *reading.sides))
    own = [f"{shaped_name(side, shown[side])} {place_name(place)}" for side, place in reading.places_of(view.id).items()]
    return " · ".join([*own, _together(view, reading)])


def _together(view: TalkView, reading: RevealResult) -> str:
    return f"together {ordinal(reading.order.index(view.id) + 1)} of {len(reading.order)}"


# --- who speaks


def speakers(view: TalkView) -> list[tuple[str, str]]:
    """Return who speaks, in this order: what for, and who (METHOD 2.2, 2.3)."""
    lowest, highest = _ends(view)
    decider = view.session.role(view.session.decider) if view.session.decider else "there is no decider"
    return [("lowest", lowest), ("highest", highest), ("sponsor", _sponsor(view)), ("decider, last", decider)]


def _ends(view: TalkView) -> tuple[str, str]:
    """Return who speaks for the lowest and the highest: of the latest score round, or before it of the ballots."""
    rounds = len(view.scores.rounds)
    if rounds:
        extremes = view.scores.extremes(rounds - 1)
        if extremes is None:
            return "all gave the same score", "all gave the same score"
        return _scorer(view.session, extremes[0]), _scorer(view.session, extremes[1])
    return _voters(view) or ("the lowest scorer", "the highest scorer")


def _scorer(session: Session, extreme: Extreme) -> str:
    who = _before_decider(session, extreme.who)
    return f"with {extreme.score}: {_some(who)}" if who else f"a voter who gave {extreme.score}"


def _before_decider(session: Session, who: tuple[str, ...]) -> tuple[str, ...]:
    """Leave the decider out, who speaks last, unless there is no other speaker."""
    others = tuple(each for each in who if each != session.role(session.decider))
    return others or who


def _voters(view: TalkView) -> tuple[str, str] | None:
    """Return who put the card lowest and highest on the revealed ballots: voters if they are named, else sides (METHOD 2.6)."""
    reading = view.reading
    if reading is None or view.id not in reading.counted.cards:
        return None
    return _named_voters(view, reading) if reading.round.opened.anonymity == "named" else _sides(view, reading)


def _named_voters(view: TalkView, reading: RevealResult) -> tuple[str, str] | None:
    at = reading.counted.cards.index(view.id)
    ranks = {voice: its[at] for voice, its in reading.ranks.items()}
    if len(set(ranks.values())) < 2:
        return None
    last, first = max(ranks.values()), min(ranks.values())
    low, high = (tuple(view.session.role(voice) for voice, rank in ranks.items() if rank == end) for end in (last, first))
    return f"{_some(_before_decider(view.session, low))} put it lowest", f"{_some(_before_decider(view.session, high))} put it highest"


def _some(roles: tuple[str, ...]) -> str:
    """Name a few: if many say the same, one of them speaks."""
    return listed(roles) if len(roles) < 4 else f"{', '.join(roles[:2])} and {len(roles) - 2} more"


def _sides(view: TalkView, reading: RevealResult) -> tuple[str, str] | None:
    own = reading.places_of(view.id)
    if len(set(own.values())) < 2:
        return None
    last = len(reading.order) + 1
    low, high = max(own, key=lambda side: own[side] or last), min(own, key=lambda side: own[side] or last)
    said = f"ranked it {ordinal(place)}" if (place := own[low]) else "did not vote for it"
    return f"somebody from {side_name(low)} ({said})", f"somebody from {side_name(high)} (ranked it {place_name(own[high])})"


def _sponsor(view: TalkView) -> str:
    lack = lacks_sponsor(view.session, view.card)
    return lack.removeprefix("its sponsor, ") if lack else view.card.sponsor


# --- the scores


def gap_words(view: TalkView) -> str:
    """Return how far the sides are apart, and after the second round whether they came closer."""
    gaps = [abs(gap) for result in view.scores.results if (gap := result.gap(view.session.sides)) is not None]
    if not gaps:
        return ""
    who = "the sides" if len(view.session.sides) < 3 else "the farthest sides"
    if len(gaps) < 2:
        return f"{capital(who)} are {mean_name(gaps[0])} apart."
    return _gap_change(who, *gaps)


def _gap_change(who: str, before: Fraction, after: Fraction) -> str:
    first, second = mean_name(before), mean_name(after)
    if first == second:
        return f"{capital(who)} are as far apart as before: {first}."
    how = "came closer" if after < before else "moved apart"
    return f"{capital(who)} {how}: {first} apart before, {second} after."


def no_opinion_words(view: TalkView) -> str:
    """Return how many voters gave no score in the latest round, by side: to abstain and to have no opinion is the same here."""
    rounds = view.scores.rounds
    ballots = rounds[-1].revealed.ballots if rounds and rounds[-1].revealed else ()
    apart = bool(rounds) and tells_sides(rounds[-1])
    given = Counter(each.side if apart else "" for each in ballots if each.abstained or view.id not in dict(each.scores))
    parts = [f"{count} of {side_name(side)}" if side else plural(count, "voter") for side, count in given.items()]
    return f"Without an opinion: {listed(parts)}." if parts else ""


def movement_words(moved: Movement | None) -> str:
    """Return how many moved between the rounds: exactly, or of hands at least how many."""
    if moved is None:
        return ""
    if moved.up is None or moved.down is None or moved.same is None:
        return f"At least {moved.moved} moved." if moved.moved else "The hands show no change."
    voters = moved.moved + moved.same
    if not moved.moved:
        return f"None of {plural(voters, 'voter')} moved."
    ways = [f"{count} {way}" for count, way in ((moved.up, "up"), (moved.down, "down")) if count]
    return f"{moved.moved} of {voters} moved: {', '.join(ways)}."


def pull_words(pull: Pull | None) -> str:
    """Return that the discussion pulled the room to the decider (METHOD 2.5), or nothing."""
    if pull is None:
        return ""
    return f"{pull.pulled} of the {pull.changed} voters who changed went the decider's way and away from the middle: ask them what convinced them."


# --- the duel and the end


def duel_weights(result: DuelResult) -> tuple[int, int] | None:
    """Return the weights of the lower and the upper card in percent, None if no one raised a hand."""
    total = result.lower + result.upper
    if not total:
        return None
    lower = percent(Fraction(result.lower, total))
    return lower, 100 - lower


def duel_words(session: Session, round_: Round) -> str:
    """Return what a duel led to."""
    result = duel_of(round_)
    lower, upper = (session.title_of(card) for card in round_.opened.cards)
    weights = duel_weights(result)
    if weights is None:
        return f"No one had an opinion: “{lower}” stays below “{upper}”."
    told = f"by {weights[0]}% to {weights[1]}%"
    if result.raised:
        return f"“{lower}” goes above “{upper}”, {told}."
    tie = " A tie keeps the order." if result.lower == result.upper else ""
    return f"“{lower}” stays below “{upper}”, {told}.{tie}"


def ended(view: TalkView) -> str:
    """Return the outcome, length and note of the latest discussion: Moved from 15 to 7 after 3 min 12 s: the insurer asks for it."""
    closed = view.talk.closed if view.talk else None
    if closed is None:
        return ""
    move = last_move(view.session, view.id) if closed.outcome == "moved" else None
    how = f"Moved from {move.old} to {move.new}" if move else _ENDED[closed.outcome]
    # The hands of a duel are below, drawn.
    note = f": {closed.note}" if closed.note and closed.outcome != "duel" else ""
    return sentence(f"{how} after {seconds_name(closed.used)}{note}")
