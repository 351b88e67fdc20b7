"""Without capacity data the room draws its own line, and nothing is proposed to start before it does (METHOD 2.4)."""

from __future__ import annotations

from itertools import cycle

import pytest
from support import Room, person, small

from sessions.commands.agreements import DrawLine, LineRefusedError, SetNextSession
from sessions.commands.cards import MoveCard, NotADateError
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.deciding.line import line_rank, line_words
from sessions.deciding.proposals import proposals_for
from sessions.errors import SessionError
from sessions.portfolio.models import Budget, Portfolio, Project
from sessions.record import events as ev
from sessions.record.events import Line

ROOM = (person("CFO", "business", "decider"), person("CIO", "it"))


def titles(count: int = 12, **fields: object) -> Room:
    cards = tuple(Project.model_validate({"id": f"P{number}", "title": f"Project {number}", **fields}) for number in range(1, count + 1))
    return Room(Portfolio(projects=cards, participants=ROOM, quarter_start="2026-07-06", session_date="2026-06-30")).everybody()


def paid(*budgets: int | None, currency: tuple[str, ...] = ("USD",)) -> Room:
    money = [None if amount is None else Budget(amount=amount, currency=its) for amount, its in zip(budgets, cycle(currency))]
    cards = tuple(Project(id=f"P{number}", title=f"Project {number}", budget=budget) for number, budget in enumerate(money, 1))
    return Room(Portfolio(projects=cards, participants=ROOM)).everybody()


def proposed(room: Room) -> dict[str, str]:
    return {each.card: each.sentence for each in proposals_for(room.session, room.session.undecided)}


def test_titles_alone_start_nothing_until_the_room_draws_its_line() -> None:
    room = titles()
    assert proposed(room) == {}
    room.refuses(AcceptProposals(), SessionError, "until you say how many can start")
    room.do(DrawLine(projects=7))
    assert proposed(room) == {f"P{number}": "Start." if number <= 7 else "Not now." for number in range(1, 13)}
    assert room.do(AcceptProposals())
    assert {each.week for each in room.session.decisions.values()} == {None}
    room = titles()
    room.do(DrawLine(projects=7), MoveCard(card="P12", to=1))  # the line does not move
    assert (line_rank(room.session), proposed(room)["P12"], proposed(room)["P7"]) == (7, "Start.", "Not now.")


def test_an_amount_adds_up_budgets_in_the_order_of_the_board() -> None:
    room = paid(5_000_000, None, 4_000_000, 3_500_000, 100_000)
    room.do(DrawLine(amount=12_000_000))
    assert line_words(room.session, Line(amount=12_000_000)) == "3 projects, $9,000,000 (1 without a budget)"
    room.do(MoveCard(card="P4", to=2))
    assert line_words(room.session, Line(amount=12_000_000)) == "3 projects, $8,500,000 (1 without a budget)"
    room.do(Decide(card="P1", word="not_now"))
    assert line_rank(room.session) == 5  # what does not start takes no money
    room.do(DrawLine(amount=4_000_000), AcceptProposals())
    assert line_rank(room.session) == 3  # nor moves the line, once what is below it is decided


@pytest.mark.parametrize(
    ("room", "asked", "words"),
    [
        (titles(), DrawLine(projects=13), "There are 12 projects on the board: give a number from 0 to 12"),
        (titles(), DrawLine(projects=-1), "from 0 to 12"),
        (titles(), DrawLine(amount=12_000_000), "No project has a budget"),
        (paid(1, 2), DrawLine(amount=0), "more than nothing"),
        (paid(1, 2), DrawLine(projects=1, amount=5), "not both"),
        (paid(1, 2, 3, currency=("USD", "EUR")), DrawLine(amount=5), "several currencies"),
        (Room(small()), DrawLine(projects=2), "The plan draws the line here"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_refused_in_a_sentence(room: Room, asked: DrawLine, words: str) -> None:
    room.refuses(asked, LineRefusedError, words)


def test_a_project_that_needs_another_follows_its_decision() -> None:
    cards = (Project(id="A", title="First"), Project(id="B", title="Second", needs=("A",)), Project(id="C", title="Third", needs=("D",)))
    room = Room(Portfolio(projects=(*cards, Project(id="D", title="Fourth")), participants=ROOM)).everybody()
    room.do(DrawLine(projects=3))
    assert proposed(room) == {
        "A": "Start.",
        "B": "Start. It comes after #1 First.",
        "C": "Not now. It waits for #4 Fourth, which does not start.",
        "D": "Not now.",
    }


def test_nothing_comes_back_on_a_day_that_nobody_named() -> None:
    room = titles(3)
    room.do(DrawLine(projects=1), Decide(card="P3", word="not_now"))
    assert room.session.decisions["P3"].until == ""
    room.one(SetNextSession(day="1 Oct 2026"), ev.NextSessionSet)
    assert (room.session.next_session, proposed(room)["P2"]) == ("2026-10-01", "Not now until 1 October 2026.")
    room.refuses(SetNextSession(day="soon"), NotADateError, "soon is not a date")
    room.refuses(SetNextSession(day="2020-10-01"), NotADateError, "1 Oct 2020 is past: give a day that is still to come")
    room.do(SetNextSession(day=""))
    assert proposed(room)["P2"] == "Not now."
