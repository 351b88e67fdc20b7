"""What the consent screen says: what is asked, whether it passed and why not, whether it is settled, and who owes which sentence."""

from __future__ import annotations

from sessions.deciding.words import WORD_NAMES
from sessions.record.events import Decision
from sessions.rounds.consent import Consent, directions_without_consent
from sessions.rounds.methods.consent import DIRECTION
from sessions.rounds.words import ANONYMITY_NAMES, sides_in
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.voting.consent import ConsentResult
from sessions.wording import capital, listed, mean_name, side_name
from tui.consent.view import ConsentView, Owed
from tui.themes import Ink

UNDECIDED = "There is no decision on this card yet: decide first (d), then ask for consent."
QUESTION = "Can you live with this decision? Every voter shows a hand, from 0 to 5."
RULE = "It passes if nobody shows 0 and each side averages 3 or more. Anyone who shows 0, 1 or 2 says why."
_HARM = {"objection": "what would the decision harm?", "concern": "what is the worry?"}


def decides(session: Session) -> str:
    """Return who closes the decision."""
    return f"{session.role(session.decider)} decides" if session.decider else "there is no decider"


def decider(session: Session) -> str:
    """Return who closes the decision, inside a sentence."""
    return session.role(session.decider) if session.decider else "the decider"


# --- the result


def resolved_words(view: ConsentView, consent: Consent) -> tuple[str, Ink]:
    """Return plainly whether the card is settled, and if not, what settles it."""
    owed = len(consent.owed)
    steps = [f"{'a sentence' if owed == 1 else f'{owed} sentences'} to write down (enter)"] if owed else []
    if not consent.result.passed and consent.holds and not consent.round.answer:
        steps.append(f"amend the decision (e), or {decider(view.session)} answers in writing (R)")
    if steps:
        return f"Not settled yet: {'; then '.join(steps)}.", "wait"
    if view.decision is None:
        agreed = "It can be decided now (d)." if consent.result.passed else "Talk about it and ask again (h), or decide otherwise (d)."
        return agreed, "start" if consent.result.passed else "wait"
    if not consent.holds:
        return "Settled: the decision was amended since these hands. h asks the room again.", "start"
    if not consent.result.passed:
        return f"Settled: closed without consent, {decider(view.session)} answered in writing.", "start"
    return "Settled.", "start"


def round_asides(session: Session, consent: Consent) -> list[str]:
    """Return what a director should know about a round: how it was held, who did not take part, that it is provisional."""
    revealed = consent.round.revealed
    if revealed is None:
        return []
    abstained = sum(each.abstained for each in revealed.ballots)
    silent = [side_name(each.side) for each in revealed.turnout if not each.ballots]
    parts = ["raised hands" if revealed.hands else f"ballots, {ANONYMITY_NAMES[consent.round.opened.anonymity]}"]
    parts += [f"{abstained} abstained"] if abstained else []
    parts += [f"no one from {listed(silent)} took part"] if silent and consent.result.means else []
    if revealed.provisional:
        missing = [side_name(side) for side in session.quorum_missing]
        parts.append(f"provisional: there is no quorum{f' of {listed(missing)}' if missing else ''}")
    return parts


def earlier_words(result: ConsentResult) -> str:
    """Return what an earlier round led to: Asked before: no consent, business 3.7, IT 2.5."""
    means = ", ".join(f"{side_name(side)} {mean_name(mean)}".strip() for side, mean in result.means.items())
    return f"Asked before: {'consent' if result.passed else 'no consent'}{f', {means}' if means else ''}."


# --- what continues


def open_words(session: Session, round_: Round) -> str:
    """Return the state of an open round: who has voted, and the keys to continue."""
    if round_.seals:
        return f"Round open · voted: {sides_in(session, round_)}. v: more ballots · r: reveal"
    return "The round is open: h counts raised hands, v takes a secret vote."


def ask_words(*, writable: bool) -> str:
    """Return how to ask for consent."""
    if not writable:
        return "No consent was asked on this decision."
    return "h asks by raised hands. v asks by a secret vote, which no one sees before the reveal."


def undecided(view: ConsentView) -> str:
    """Return the words in place of a decision: for a change of direction, the reasons for and against."""
    card = view.card
    if card is None or card.kind != "direction":
        return "No decision yet."
    told = [f"{label}: {text}" for label, text in (("For", card.arguments_for), ("Against", card.arguments_against)) if text]
    return "\n".join([DIRECTION, *told])


def direction_words(view: ConsentView) -> str:
    """Return that a change of direction needs the consent of all sides to start (METHOD 1, row 34); nothing for other cards."""
    if view.decision is None and view.card is not None and view.card.kind == "direction":
        return "A change of direction starts only with the consent of every side: a mean of 3 or more on each, and no objection."
    if view.id not in directions_without_consent(view.session):
        return ""
    return "This card changes the direction: it should start only with the consent of every side."


# --- sentences


def owed_words(owed: Owed) -> tuple[str, str]:
    """Return whose sentence is owed and for what; and the words that came with it, or what is asked."""
    who = owed.role or _side(owed.side)
    return f"{who}, {owed.stance}", f"“{owed.words}”" if owed.words else _HARM[owed.stance]


def owed_title(owed: Owed) -> str:
    """Name the sentence that is written down: An objection of IT."""
    return f"{'An objection' if owed.stance == 'objection' else 'A concern'} of {owed.role or voice_of(owed.side)}"


def owed_about(owed: Owed, *, changed: bool) -> str:
    """Return what is written down."""
    asked = f"In one sentence: {_HARM[owed.stance]}"
    return f"{asked} The answer says what was changed." if changed else f"{asked} It is in the record with its answer."


def voice_of(side: str) -> str:
    """Name a voter by its side only: someone from IT."""
    return f"somebody from {side_name(side)}" if side else "somebody"


def _side(side: str) -> str:
    return capital(side_name(side) or "a voter")


def word_of(decision: Decision) -> str:
    """Return a decision's word, for one without a sentence."""
    return f"{WORD_NAMES[decision.word]}."
