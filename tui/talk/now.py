"""What the room does now in a discussion: one sentence, and what comes next."""

from __future__ import annotations

from sessions.guide.step import Step
from sessions.rounds.methods.score import SCORE_ROUNDS
from sessions.rounds.words import round_title, sides_in
from tui.talk.view import TalkView


def step_of(view: TalkView, *, over: bool) -> Step | None:
    """Return the next step of a discussion, None once nothing is left to do. At the end of the time it says so, and nothing else happens."""
    session = view.session
    if view.other_talk:
        return Step("talk", f"The room still discusses “{session.title_of(view.other_talk)}”", "go there", card=view.other_talk)
    if session.open_round:
        return _open_round(view)
    if view.step == "over":
        following = view.next_card
        on = f"talk about “{session.title_of(following)}”"
        return Step("talk", "This talk is over; esc ends the talks", on, card=following) if following else None
    if not view.is_running:
        return Step("talk", "No discussion is running", "begin one", card=view.id)
    step = _next(view, over=over)
    return step._replace(sentence=f"Time is up. {step.sentence}") if over else step


def _open_round(view: TalkView) -> Step:
    """Return what is open, and what leads on."""
    round_ = view.session.open_round
    assert round_ is not None
    if view.open_here is None:
        return Step("collect_ballots", f"A {round_title(round_.opened)} is open, which comes first", "go to it")
    other = next((card for card in round_.opened.cards if card != view.id), "")
    name = f"The duel with “{view.session.title_of(other)}”" if other else f"Score round {len(view.scores.rounds) + 1}"
    if round_.seals:
        return Step("reveal", f"{name}: {sides_in(view.session, round_)} in", "reveal")
    return Step("score_card", f"{name} is open", "count the hands", card=view.id)


def _next(view: TalkView, *, over: bool) -> Step:
    card = view.id
    if view.withdrawn:
        return Step("say_outcome", "It was withdrawn", "end the discussion", card=card)
    if view.step == "score" and not over:
        return Step("score_card", "Before anybody speaks: everybody scores the card", "count the hands", card=card)
    if view.step == "outcome" or len(view.scores.rounds) == SCORE_ROUNDS or (over and view.step == "score"):
        return Step("say_outcome", "What is the outcome?", "say the outcome", card=card)
    said = "The card is scored once more" if over else "The lowest speaks first, then the highest"
    return Step("score_card", said, "score it again", card=card)
