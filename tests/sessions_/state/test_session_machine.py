"""Any commands in any order: after every step the record folds to the very session that is live (METHOD 8, test 9).

Every command there is takes part, its fields filled by their names and types. More rounds: `pytest -m slow tests/sessions_/state`.
"""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from record_release import earlier
from support import PEOPLE, Room, all_commands, assert_sentence, bare, board_of, folded, small

from sessions.commands.base import Command
from sessions.commands.cards import Redo, Undo
from sessions.commands.people import AddParticipant
from sessions.commands.phases import CloseSession
from sessions.commands.plans import KeepWhatIf
from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.deciding.session_plan import session_plan
from sessions.errors import SessionError
from sessions.portfolio.models import Participant, Project, Team, Work
from sessions.record.events import ANONYMITIES, METHODS, PHASES, Event, PeopleTakenIn, Redone, Undone

HOSTILE = ("x", "CRM [/] [@click=app.quit]x", "a\x1b[2Jb\x00c", "tab\tand\r\nline", "\u202e\u2066mirror", "e" + "\u0301" * 30, " ", "")
# A lone surrogate is refused by the command itself, as a value, before any rule is asked.
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
RANKS = st.integers(0, 9)
WEEKS = st.integers(-1, 41)
PICK = st.integers(0, 10**6)
CARDS = st.sampled_from(("P1", "P2", "P3", "P4", "P5", "P6", "X1", "X2", "Z9"))
VOICES = st.sampled_from((*(each.id for each in PEOPLE), "x", "nobody"))
TEAMS = st.sampled_from(("WEB", "MOB", "SEC", "QA"))
SIDES = st.sampled_from(("business", "it", "board"))
EFFORT = st.sampled_from((0, 5, 10, 30, 125, 4000, -5))
NAMES = TEXTS | st.sampled_from(("CFO", "Architect", "Y (left)"))
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("into", "prefers", "reason_card", "was"), CARDS),
    **dict.fromkeys(("person", "proxy", "voice"), VOICES),
    **dict.fromkeys(("who", "role"), NAMES),
    **dict.fromkeys(("by_when", "date", "day", "until"), st.sampled_from(("", "2026-06-01", "2026-09-29", "soon"))),
    **dict.fromkeys(("points", "scores"), st.none() | st.dictionaries(CARDS, st.integers(-1, 45), max_size=4)),
    **dict.fromkeys(("amount", "cap", "monthly"), st.none() | st.sampled_from((0, 25, 500, 10_000, 10**16))),
    "budget": st.sampled_from((100, 10, 0)),
    "hands": st.dictionaries(SIDES, st.lists(st.none() | st.integers(-1, 6), max_size=3)),
    "minutes": st.dictionaries(st.sampled_from(PHASES), st.integers(-1, 90)),
    "override": st.sampled_from(("", "so be it")),
    "ranking": st.none() | st.lists(st.lists(CARDS, max_size=2), max_size=3),
    "seconds": st.integers(-60, 300),
    "shares": st.none() | st.dictionaries(SIDES, RANKS),
    "side": SIDES,
    "target": st.sampled_from((None, "70", "41", "0")),
    "value": st.sampled_from(("41", "2,5", "many")),
    "week": st.none() | WEEKS,
}
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: RANKS,
    int | None: st.none() | RANKS,
    Project: st.builds(
        Project,
        id=st.just("") | CARDS,
        title=TEXTS,
        note=TEXTS,
        sponsor=NAMES,
        needs=st.lists(CARDS, max_size=2).map(tuple),
        state=st.sampled_from(("new", "in_flight", "done")),
        must=st.booleans(),
        work=st.lists(st.builds(Work, team=TEAMS, effort=EFFORT, crew=st.none() | EFFORT), max_size=1).map(tuple),
        earliest_week=st.integers(1, 9),
        deadline_week=st.none() | WEEKS,
    ),
    Team: st.builds(Team, id=TEAMS, name=TEXTS, people=EFFORT, by_week=st.lists(st.tuples(WEEKS, EFFORT), max_size=3).map(tuple)),
    Participant: st.builds(Participant, id=VOICES, role=NAMES, side=SIDES, note=TEXTS),
    AddParticipant: st.builds(AddParticipant, role=NAMES, side=SIDES),
}


def filled(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Return commands of a class, or parts of them, in which fields with a default are sometimes missing."""
    hints = get_type_hints(cls)
    fields = {name: field_of(name, hints[name]) for name in cls.model_fields}
    needed = {name: fields.pop(name) for name, field in cls.model_fields.items() if field.is_required()}
    return st.fixed_dictionaries(needed, optional=fields).map(cls.model_validate)


def field_of(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if hint is str and name == "card":
        return CARDS
    if hint == tuple[str, ...]:
        return st.lists(VOICES if name == "people" else CARDS, max_size=3)
    part, *_ = get_args(hint) or (None,)
    if hasattr(part, "model_fields"):
        return st.lists(BY_TYPE[part] if part in BY_TYPE else filled(part), max_size=2)
    return BY_NAME[name] if name in BY_NAME else BY_TYPE[hint] if hint in BY_TYPE else st.from_type(hint)


COMMANDS = st.lists(st.one_of(*map(filled, sorted(all_commands() - {CloseSession}, key=str))), min_size=1, max_size=6)


@st.composite
def some_commands(draw: st.DrawFn) -> list[Command]:
    """Draw some, without the length of their description."""
    return draw(COMMANDS)


class SessionMachine(RuleBasedStateMachine):
    """Commands that may be refused or succeed; every pick is by number from what there is."""

    room: Room
    boards: dict[int, tuple[dict[str, Any], dict[str, Any]]]
    """The board before and after each board action, by its seq."""

    @initialize(complete=st.booleans())
    def begin(self, complete: bool) -> None:
        self.room = Room(small(), past=earlier()) if complete else Room(bare("P1 P2 P3 P4"))
        self.boards = {}
        if complete:
            self.room.everybody()

    def attempt(self, *commands: Command) -> list[Event]:
        """Perform commands until one is refused; a refusal changes nothing and says so in a sentence."""
        events: list[Event] = []
        for command in commands:
            session, length = self.room.session, len(self.room.log.records)
            try:
                news = self.room.do(command)
                self.check_board(board_of(session), news)
                events += news
            except SessionError as refusal:
                assert_sentence(str(refusal).replace("None", "Nothing"))
                assert self.room.session is session
                assert len(self.room.log.records) == length
                break
        return events

    def check_board(self, before: dict[str, Any], news: list[Event]) -> None:
        """Board actions change the board; undo and redo bring back exactly what was; nothing else touches it."""
        after = board_of(self.room.session)
        for board in (before, after):  # undo leaves people alone, but for those who were taken in, and these only until they take part
            del board["people"], board["presence"], board["decider"]
        match news:
            case [PeopleTakenIn()]:
                assert before == after
                self.boards[self.room.session.seq] = before, after
            case [Undone(undoes=seq)]:
                assert (after, before) == self.boards[seq]
            case [Redone(redoes=seq)]:
                assert (before, after) == self.boards[seq]
            case _ if own := [place for place, each in enumerate(news) if each.undoable]:  # a duel that is won moves its card
                assert before != after
                assert len(own) == 1
                self.boards[self.room.session.seq - len(news) + 1 + own[0]] = before, after
            case _:
                assert before == after

    def card(self, pick: int) -> str:
        """Return a card of the board, now and then one that is not on it."""
        cards = (*self.room.session.order, *self.room.session.withdrawn, "X")
        return cards[pick % len(cards)]

    @rule(commands=some_commands(), seconds=st.integers(0, 900))
    def perform(self, commands: list[Command], seconds: int) -> None:
        """Do anything, most often in the round that is open."""
        self.room.clock.advance(seconds)
        for command in commands:
            in_the_round = {"round": len(self.room.session.rounds)} if "round" in type(command).model_fields and seconds % 9 else {}
            self.attempt(command.model_copy(update=in_the_round))

    @rule(
        order=st.randoms(use_true_random=False),
        changed=st.lists(st.tuples(PICK, TEAMS, EFFORT, PICK), max_size=2),
        dropped=st.none() | PICK,
        added=st.sampled_from(("", "", "Z1", "P2", "X")),
        team=st.none() | BY_TYPE[Team],
        text=TEXTS,
    )
    def keep_what_if(
        self, order: Any, changed: list[tuple[int, str, int, int]], dropped: int | None, added: str, team: Team | None, text: str
    ) -> None:
        """Keep another order, some cards with other work and dependencies, one card less, one more, a team with other people."""
        cards = dict(self.room.session.cards)
        for pick, name, effort, need in changed:
            if (card := cards.get(self.card(pick))) is not None:
                cards[card.id] = card.model_copy(update={"work": (Work(team=name, effort=effort),), "needs": (self.card(need),)})
        ids = [card for card in cards if dropped is None or card != self.card(dropped)]
        if added:
            cards[added] = Project(id=added, title=text, needs=tuple(ids[:1]), parent=ids[0] if ids else "")
            ids = list(dict.fromkeys([*ids, added]))
        order.shuffle(ids)
        teams = (team,) if team else ()
        self.attempt(KeepWhatIf(sentence=text or "tried", effect=text, order=tuple(ids), cards=tuple(cards.values()), teams=teams))

    @rule(
        method=st.sampled_from(METHODS),
        anonymity=st.sampled_from(ANONYMITIES),
        pick=PICK,
        scores=st.lists(st.integers(-1, 6), min_size=1, max_size=4),
        words=TEXTS,
        reveal=st.booleans(),
    )
    def ask_the_room(self, method: Any, anonymity: Any, pick: int, scores: list[int], words: str, reveal: bool) -> None:
        """Ask by any method, let some voters answer, and reveal or leave it open."""
        order = self.room.session.order
        rank = pick % max(1, len(order))
        none = dict.fromkeys(("points", "ranking", "pulse", "partnership"), ())
        cards = {**none, "duel": order[rank - 1 : rank + 1][::-1]}.get(method, order[rank : rank + 1])
        self.attempt(OpenRound(method=method, anonymity=anonymity, cards=cards, override="so be it"))
        for voice, score in zip(("cfo", "cio", "coo", "architect"), scores, strict=False):
            chosen = order[score : score + 2]
            choice: dict[str, Any] = {
                "points": {"points": dict.fromkeys(chosen, score)},
                "ranking": {"ranking": [[card] for card in chosen]},
                "duel": {"prefers": next(iter(chosen), "X")},
                "pulse": {"scores": {"value": score}},
                "partnership": {"scores": {"seat": score, "order": 2}},
            }.get(method, {"scores": dict.fromkeys(order[rank : rank + 1], score), "words": words})
            self.attempt(SealBallot.model_validate({"round": len(self.room.session.rounds), "voice": voice, **choice}))
        if reveal:
            self.attempt(RevealBallots(round=len(self.room.session.rounds), override="go"))

    @precondition(lambda self: self.room.session.seq > 60)
    @rule(leave=st.booleans())
    def close(self, leave: bool) -> None:
        self.attempt(CloseSession(leave_undecided=leave))

    @rule(depth=st.integers(1, 12))
    def undo_and_redo(self, depth: int) -> None:
        """Undo and redo to any depth: the board is the same again at every step.

        Undo leaves attendance alone: people who come back are here as they were when they were taken in, not as they were marked since.
        """

        def board() -> dict[str, Any]:
            return {name: value for name, value in board_of(self.room.session).items() if name != "presence"}

        states = [board()]
        while len(states) <= depth and self.attempt(Undo()):
            states.append(board())
        for state in states[-2::-1]:
            assert self.attempt(Redo())
            assert board() == state

    # --- what is always true

    @invariant()
    def the_record_folds_to_the_live_session(self) -> None:
        live, again = self.room.session, folded(self.room.log.records)
        assert again == live
        assert list(again.history()) == list(live.history())
        assert list(again.undone_events()) == list(live.undone_events())

    @invariant()
    def the_ranks_are_a_permutation_of_the_cards(self) -> None:
        session = self.room.session
        assert sorted(session.order) == sorted(session.cards)
        assert not set(session.cards) & set(session.withdrawn)
        assert set(session.decisions) <= set(session.cards)
        assert all(card == project.id for card, project in session.cards.items())

    @invariant()
    def the_board_can_always_be_planned(self) -> None:
        session = self.room.session
        plan = session_plan(session)
        assert tuple(plan.placements) == session.order
        assert session_plan(folded(self.room.log.records)) == plan
        # No cycle came in: every open dependency ends before the card that needs it begins.
        for card in session.order:
            placed = plan.at(card)
            for need in plan.workload.jobs[card].needs:
                if placed.start is not None:
                    assert (plan.at(need).finish or 0) < placed.start
                assert plan.workload.cards[card].needs == session.cards[card].needs

    @invariant()
    def the_people_keep_the_rules(self) -> None:
        session = self.room.session
        people, holders = session.people, list(session.proxies.values())
        if session.decider:
            assert people[session.decider].side == "business"
            assert people[session.decider].votes
        assert len(holders) == len(set(holders))
        for absent, holder in session.proxies.items():
            assert session.presence[absent] == "proxy"
            assert session.presence[holder] == "present"
            assert people[absent].side == people[holder].side
            assert people[holder].votes

    @invariant()
    def the_urn_holds_open_ballots_only(self) -> None:
        open_rounds = {each.opened.round for each in self.room.session.rounds if each.open}
        assert {number for number, _ in self.room.urn.ballots} <= open_rounds


@pytest.mark.promise("store-S26")
class TestSession(SessionMachine.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
class TestSessionAtLength(SessionMachine.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=1500, stateful_step_count=80, deadline=None, suppress_health_check=list(HealthCheck))
