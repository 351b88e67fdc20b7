"""A series of sessions, each after the one before, held with random moves, decisions, outcomes and answers.

Imported as `held_series`, as `support` is.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from support import person

from sessions.commands.cards import MoveCard
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.library.following import begin_after, follow, read_earlier
from sessions.library.library import Library, OpenSession
from sessions.portfolio.models import Benefit, Objective, Portfolio, Project, Team, Work
from sessions.record.events import CardOutcome

BUSINESS, IT = ("coo", "cfo", "vp-sales"), ("cio", "architect", "security")
ITEMS = ("direction", "seat", "order", "language", "sponsorship", "initiative")
WORDS = ("start", "start_after", "not_now")
OUTCOMES = ("kept", "kept", "kept", "missed", "reversed", "overtaken", "open")
QUARTERS = [f"{2026 + number // 4}-Q{number % 4 + 1}" for number in range(2, 15)]


def portfolio(rng: random.Random) -> Portfolio:
    """Return ten cards of one key team and another one, in the interest of four objectives."""
    cards = tuple(
        Project(
            id=f"K{number}",
            title=f"Card {number}",
            sponsor="CFO",
            it_partner="CIO",
            objective=f"O{rng.randint(1, 4)}",
            benefit=Benefit(text="5 more", monthly=rng.randint(1, 9) * 1000),
            work=(Work(team=rng.choice(("WEB", "ERP")), effort=rng.randint(10, 60)),),
        )
        for number in range(10)
    )
    teams = (Team(id="WEB", name="Web", people=20, key=True), Team(id="ERP", name="ERP", people=20))
    people = (
        *(person(role, "business") for role in ("COO", "CFO", "VP Sales")),
        *(person(role, "it") for role in ("CIO", "Architect", "Security")),
        person("PMO Lead", "it", "facilitator"),
    )
    objectives = tuple(Objective(id=f"O{rank}", rank=rank, text=f"Goal {rank}") for rank in range(1, 5))
    return Portfolio(name="Series", projects=cards, teams=teams, participants=people, objectives=objectives)


def hold(opened: OpenSession, rng: random.Random, *, close: bool = True) -> dict[str, Any]:
    """Hold a session: look back, move, decide, answer; return what was done, as the plain recomputation needs it."""
    live = opened.live
    past = live.session.past
    live.perform(MarkAttendance(presence="present"))
    said = [CardOutcome.model_validate({"card": each.card, "outcome": rng.choice(OUTCOMES)}) for each in past.decisions] if past else []
    said = [each.model_copy(update={"cause": "capacity"}) if each.outcome in ("missed", "reversed") else each for each in said]
    if said:
        live.perform(ConfirmOutcomes(outcomes=tuple(said)))
    for card in rng.sample(live.session.order, 4):
        live.perform(MoveCard(card=card, to=rng.randint(1, len(live.session.order)), reason=rng.choice(("", "the market moved"))))
    for card in rng.sample(live.session.order, 6):
        word = rng.choice(WORDS)
        live.perform(Decide.model_validate({"card": card, "word": word, "week": 3 if word == "start_after" else None, "why": "so it is"}))
    answers = {voice: {item: rng.randint(1, 4) for item in ITEMS} for voice in (*BUSINESS, *IT)}
    live.perform(OpenRound(method="partnership"))
    for voice, scores in answers.items():
        live.perform(SealBallot(round=1, voice=voice, scores=scores))
    live.perform(RevealBallots(round=1))
    if close:
        live.perform(CloseSession(leave_undecided=True, override="late"))
    return {"session": live.session, "said": {each.card: each.outcome for each in said}, "answers": answers}


def series(library: Library, rng: random.Random, count: int = 13) -> list[dict[str, Any]]:
    """Hold so many sessions, each after the one before; the last one stays open."""
    held = []
    with library.create(portfolio(rng), title="Plan 0", quarter=QUARTERS[0]) as opened:
        held.append(hold(opened, rng))
        ref = opened.ref
    for number in range(1, count):
        followed = read_earlier(library, ref)
        carried = follow(followed, None, quarter=QUARTERS[number], today=date(2026, 6, 30))
        with begin_after(library, followed, carried, title=f"Plan {number}") as opened:
            held.append(hold(opened, rng, close=number < count - 1))
            ref = opened.ref
    return held
