"""A series of sessions, each after the one before, held with random moves, decisions, outcomes and answers.

Imported as `held_series`, as `support` is.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from support import person

from sessions.commands.cards import MoveCard
from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.phases import CloseSession
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.library.following import begin, follow, read_earlier
from sessions.library.library import Library, OpenSession
from sessions.portfolio.models import Adoption, Benefit, Objective, Portfolio, Project, Team, Work
from sessions.record.events import CardOutcome
from sessions.sample.demo import ScriptClock
from sessions.state.session import Session

BUSINESS, IT = ("coo", "cfo", "vp-sales"), ("cio", "architect", "security")
ITEMS = ("direction", "seat", "order", "language", "sponsorship", "initiative")
WORDS = ("start", "start_after", "not_now")
OUTCOMES = ("kept", "kept", "kept", "missed", "reversed", "overtaken", "open")
QUARTERS = [f"{2026 + number // 4}-Q{number % 4 + 1}" for number in range(2, 8)]


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
            adoption=Adoption(measure="% of orders", baseline="0", target="70 %", by="2027-12-31", plan_owner=rng.choice(("", "CFO"))),
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


def hold(opened: OpenSession, rng: random.Random, *, close: bool = True) -> Session:
    """Hold a session: look back, measure, vote, move, decide, answer; return it as it is at its end."""
    live = opened.live
    past = live.session.past
    live.perform(MarkAttendance(presence="present"))
    said = [CardOutcome.model_validate({"card": each.card, "outcome": rng.choice(OUTCOMES)}) for each in past.decisions] if past else []
    said = [each.model_copy(update={"cause": "capacity"}) if each.outcome in ("missed", "reversed") else each for each in said]
    if said:
        live.perform(ConfirmOutcomes(outcomes=tuple(said)))
    for card in [each for each in live.session.delivered if rng.random() < 0.6]:
        live.perform(MeasureAdoption(card=card, value=str(rng.randint(0, 100)), monthly=rng.randint(0, 9) * 1000, by="CFO"))
    _answer(opened, rng, ("value", "focus"), 5, method="pulse", when="open")
    ballots = [voice for side in (BUSINESS, IT) for voice in rng.sample(side, rng.randint(1, 3))]
    live.perform(OpenRound())
    for voice in ballots:
        live.perform(SealBallot(round=len(live.session.rounds), voice=voice, points={rng.choice(live.session.order): 25}))
    live.perform(RevealBallots(round=len(live.session.rounds)))
    for card in rng.sample(live.session.order, 4):
        live.perform(MoveCard(card=card, to=rng.randint(1, len(live.session.order)), reason=rng.choice(("", "the market moved"))))
    for card in rng.sample(live.session.order, 6):
        word = rng.choice(WORDS)
        live.perform(Decide.model_validate({"card": card, "word": word, "week": 3 if word == "start_after" else None, "why": "so it is"}))
    live.perform(DeliverCard(card=rng.choice(live.session.order)))
    _answer(opened, rng, ("value", "focus"), 5, method="pulse", when="close")
    _answer(opened, rng, ITEMS, 4, method="partnership")
    if close:
        live.perform(CloseSession(leave_undecided=True, override="late"))
    return live.session


def _answer(opened: OpenSession, rng: random.Random, items: tuple[str, ...], highest: int, **asked: str) -> None:
    """Ask questions and have everybody answer them."""
    opened.live.perform(OpenRound.model_validate(asked))
    number = len(opened.live.session.rounds)
    for voice in (*BUSINESS, *IT):
        opened.live.perform(SealBallot(round=number, voice=voice, scores={item: rng.randint(1, highest) for item in items}))
    opened.live.perform(RevealBallots(round=number))


def series(library: Library, rng: random.Random, count: int) -> list[Session]:
    """Hold so many sessions, each after the one before; the last one stays open."""
    held = []
    days = [datetime(2026, 6, 30, 9, tzinfo=UTC) + timedelta(days=91 * number) for number in range(count)]
    with library.at(ScriptClock(days[0])).create(portfolio(rng), title="Plan 0", quarter=QUARTERS[0]) as opened:
        held.append(hold(opened, rng))
        ref = opened.ref
    for number in range(1, count):
        followed = read_earlier(library, ref)
        carried = follow(followed, None, quarter=QUARTERS[number], today=days[number].date())
        with begin(library.at(ScriptClock(days[number])), None, (followed, carried), title=f"Plan {number}") as opened:
            held.append(hold(opened, rng, close=number < count - 1))
            ref = opened.ref
    return held
