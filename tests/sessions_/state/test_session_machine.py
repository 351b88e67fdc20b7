"""Any commands in any order: after every step the record folds to the very session that is live (METHOD 8, test 9).

More rounds: `pytest -m slow tests/sessions_/state/test_session_machine.py`.
"""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support import Room, assert_sentence, bare, board_of, folded, small

from sessions.commands.agreements import DrawLine, SetNextSession
from sessions.commands.base import Command
from sessions.commands.cards import AddCard, AgreeAction, EditCard, MoveCard, NoteOnCard, ParkQuestion, Redo, SplitCard, Undo, WithdrawCard
from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.commands.group_order import KeepBoard, TakeGroupOrder
from sessions.commands.people import AddParticipant, AddPeople, ChangeParticipant, ChooseAsker, MarkAttendance, NameDecider, OverrideQuorum
from sessions.commands.phases import AddTime, CloseSession, StartPhase, StartTimer, StopTimer
from sessions.commands.plans import EditTeam, KeepWhatIf
from sessions.commands.quarters.adoption import DeliverCard, MeasureAdoption
from sessions.commands.rounds import CountHands, DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk, PutOffTalk
from sessions.commands.together import MergeCards, MoveCards
from sessions.deciding.session_plan import session_plan
from sessions.errors import SessionError
from sessions.portfolio.models import Project, Seat, Side, Team, Work
from sessions.record.events import (
    ANONYMITIES,
    DECISION_WORDS,
    METHODS,
    PHASES,
    BallotsRevealed,
    Event,
    PeopleTakenIn,
    Presence,
    Redone,
    TalkOutcome,
    Undone,
    Weighting,
)

HOSTILE = ("x", "CRM [/] [@click=app.quit]x", "a\x1b[2Jb\x00c", "tab\tand\r\nline", "\u202e\u2066mirror", "e" + "\u0301" * 30, " ", "")
# A lone surrogate is refused by the command itself, as a value, before any rule is asked.
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
RANKS = st.integers(0, 9)
PICK = st.integers(0, 10**6)
YES = st.booleans()
TEAMS = st.sampled_from(("WEB", "MOB", "SEC", "QA"))
PEOPLE = st.sampled_from((0, 5, 10, 30, -10))
SIDES = st.sampled_from(("business", "it", "board"))
EFFORT = st.sampled_from((0, 5, 40, 125, 4000, -5))


class SessionMachine(RuleBasedStateMachine):
    """Commands that may be refused and may hold; what is picked is picked by number from what there is."""

    room: Room
    boards: dict[int, tuple[dict[str, Any], dict[str, Any]]]
    """The board before and after each board action, by its seq."""

    @initialize(complete=YES)
    def begin(self, complete: bool) -> None:
        self.room = Room(small() if complete else bare())
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
            case [event] | [BallotsRevealed(), event] if event.undoable:  # a duel that is won moves its card
                assert before != after
                self.boards[self.room.session.seq] = before, after
            case _:
                assert not any(event.undoable for event in news)
                assert before == after

    def card(self, pick: int) -> str:
        """Return a card of the board, now and then one that is not on it."""
        cards = (*self.room.session.order, *self.room.session.withdrawn, "X")
        return cards[pick % len(cards)]

    def person(self, pick: int) -> str:
        people = (*self.room.session.people, "nobody")
        return people[pick % len(people)]

    # --- the board

    @rule(pick=PICK, to=RANKS, reason=TEXTS)
    def move(self, pick: int, to: int, reason: str) -> None:
        self.attempt(MoveCard(card=self.card(pick), to=to, reason=reason))

    @rule(pick=PICK, text=TEXTS, explains=YES)
    def note(self, pick: int, text: str, explains: bool) -> None:
        self.attempt(NoteOnCard(card=self.card(pick), text=text, explains_move=explains))

    @rule(title=TEXTS, ident=st.sampled_from(("", "P2", "Z9")), rank=st.none() | RANKS, sponsor=st.sampled_from(("", "CFO", "Y (left)")))
    def add(self, title: str, ident: str, rank: int | None, sponsor: str) -> None:
        self.attempt(AddCard(card=Project(id=ident, title=title, sponsor=sponsor), rank=rank))

    @rule(pick=PICK, text=TEXTS, needs=PICK, state=st.sampled_from(("new", "in_flight", "done")), week=st.integers(1, 9))
    def edit(self, pick: int, text: str, needs: int, state: str, week: int) -> None:
        card = self.card(pick)
        fields = {"id": card, "title": text or "again", "note": text, "needs": [self.card(needs)], "state": state, "earliest_week": week}
        self.attempt(EditCard(card=Project.model_validate(fields)))

    @rule(pick=PICK, needs=st.lists(PICK, max_size=2), team=TEAMS, effort=EFFORT, crew=st.none() | PEOPLE, week=st.none() | st.integers(0, 41))
    def plan_card(self, pick: int, needs: list[int], team: str, effort: int, crew: int | None, week: int | None) -> None:
        """Edit what the plan is made of, and leave the rest of the card as it is."""
        card = self.room.session.cards.get(self.card(pick))
        if card is not None:
            work = (Work(team=team, effort=effort, crew=crew),)
            changes = {"needs": tuple(dict.fromkeys(map(self.card, needs))), "work": work, "deadline_week": week, "must": bool(effort % 2)}
            self.attempt(EditCard(card=card.model_copy(update=changes)))

    @rule(pick=PICK, value=st.sampled_from(("41", "2,5", "many")), aim=st.sampled_from((None, "70", "41", "0")), by=TEXTS)
    def deliver_and_measure(self, pick: int, value: str, aim: str | None, by: str) -> None:
        self.attempt(DeliverCard(card=self.card(pick)))
        self.attempt(MeasureAdoption(card=self.card(pick), value=value, target=aim, by=by))

    @rule(ident=TEAMS, name=TEXTS, people=PEOPLE, weeks=st.lists(st.tuples(st.integers(0, 41), PEOPLE), max_size=3))
    def edit_team(self, ident: str, name: str, people: int, weeks: list[tuple[int, int]]) -> None:
        self.attempt(EditTeam(team=Team(id=ident, name=name, people=people, by_week=tuple(weeks))))

    @rule(
        order=st.randoms(use_true_random=False),
        changed=st.lists(st.tuples(PICK, TEAMS, EFFORT, PICK), max_size=2),
        dropped=st.none() | PICK,
        added=st.sampled_from(("", "", "Z1", "P2", "X")),
        team=st.none() | st.tuples(TEAMS, PEOPLE),
        text=TEXTS,
    )
    def keep_what_if(
        self,
        order: Any,
        changed: list[tuple[int, str, int, int]],
        dropped: int | None,
        added: str,
        team: tuple[str, int] | None,
        text: str,
    ) -> None:
        """Keep another order, some cards with other work and needs, one card less, one more, a team with other people."""
        cards = dict(self.room.session.cards)
        for pick, name, effort, need in changed:
            if (card := cards.get(self.card(pick))) is not None:
                cards[card.id] = card.model_copy(update={"work": (Work(team=name, effort=effort),), "needs": (self.card(need),)})
        ids = [card for card in cards if dropped is None or card != self.card(dropped)]
        if added:
            cards[added] = Project(id=added, title=text, needs=tuple(ids[:1]), parent=ids[0] if ids else "")
            ids = list(dict.fromkeys([*ids, added]))
        order.shuffle(ids)
        teams = (Team(id=team[0], name=text or "T", people=team[1]),) if team else ()
        self.attempt(KeepWhatIf(sentence=text or "tried", effect=text, order=tuple(ids), cards=tuple(cards.values()), teams=teams))

    @rule(pick=PICK, first=TEXTS, second=TEXTS)
    def split(self, pick: int, first: str, second: str) -> None:
        parts = [Project(id="", title=text) for text in (first, second)]
        self.attempt(SplitCard(card=self.card(pick), first=parts[0], second=parts[1]))

    @rule(pick=PICK, reason=TEXTS)
    def withdraw(self, pick: int, reason: str) -> None:
        self.attempt(WithdrawCard(card=self.card(pick), reason=reason))

    @rule(picks=st.lists(PICK, max_size=3), rank=RANKS)
    def move_together(self, picks: list[int], rank: int) -> None:
        self.attempt(MoveCards(cards=tuple(self.card(pick) for pick in picks), to=rank))

    @rule(picks=st.lists(PICK, max_size=3), title=TEXTS)
    def merge(self, picks: list[int], title: str) -> None:
        self.attempt(MergeCards(cards=tuple(self.card(pick) for pick in picks), title=title))

    @rule(text=TEXTS, pick=st.none() | PICK)
    def park(self, text: str, pick: int | None) -> None:
        self.attempt(ParkQuestion(text=text, card="" if pick is None else self.card(pick)))

    @rule(what=TEXTS, who=TEXTS, when=st.sampled_from(("2026-09-01", "soon", "")))
    def agree(self, what: str, who: str, when: str) -> None:
        self.attempt(AgreeAction(what=what, who=who, by_when=when))

    @rule(
        pick=PICK,
        word=st.sampled_from(DECISION_WORDS),
        week=st.none() | st.integers(-1, 41),
        until=st.sampled_from(("", "2026-09-29", "never")),
        text=TEXTS,
        override=st.sampled_from(("", "so be it")),
    )
    def decide(self, pick: int, word: str, week: int | None, until: str, text: str, override: str) -> None:
        fields = {"card": self.card(pick), "word": word, "week": week, "until": until, "missing": text, "why": text, "override": override}
        self.attempt(Decide.model_validate(fields))

    @rule(picks=st.lists(PICK, max_size=3))
    def accept(self, picks: list[int]) -> None:
        self.attempt(AcceptProposals(cards=tuple(self.card(pick) for pick in picks)))

    @rule(projects=st.none() | RANKS, amount=st.none() | st.sampled_from((0, 10_000, 10**16)))
    def draw_line(self, projects: int | None, amount: int | None) -> None:
        self.attempt(DrawLine(projects=projects, amount=amount))

    @rule(day=st.sampled_from(("", "2026-09-29", "soon")))
    def set_next_session(self, day: str) -> None:
        self.attempt(SetNextSession(day=day))

    @rule(pick=PICK, stance=st.sampled_from(("concern", "objection")), text=TEXTS, answer=TEXTS)
    def dissent(self, pick: int, stance: str, text: str, answer: str) -> None:
        fields = {"card": self.card(pick), "who": "CIO", "stance": stance, "text": text, "answer": answer}
        self.attempt(RecordDissent.model_validate(fields))

    # --- the ballots

    @rule(picks=st.lists(PICK, max_size=4), budget=st.sampled_from((100, 100, 10, 0)), cap=st.sampled_from((None, None, 25, 500)))
    def open_round(self, picks: list[int], budget: int, cap: int | None) -> None:
        self.attempt(OpenRound(cards=tuple(self.card(pick) for pick in picks), budget=budget, cap=cap))

    @rule(pick=PICK, points=st.none() | st.lists(st.tuples(PICK, st.integers(-1, 45)), max_size=4))
    def seal(self, pick: int, points: list[tuple[int, int]] | None) -> None:
        given = None if points is None else {self.card(card): number for card, number in points}
        self.attempt(SealBallot(round=len(self.room.session.rounds), voice=self.person(pick), points=given))

    @rule(
        method=st.sampled_from(METHODS),
        anonymity=st.sampled_from(ANONYMITIES),
        pick=PICK,
        scores=st.lists(st.integers(-1, 6), min_size=1, max_size=4),
        words=TEXTS,
        reveal=YES,
    )
    def ask_the_room(self, method: Any, anonymity: Any, pick: int, scores: list[int], words: str, reveal: bool) -> None:
        """Ask by any method, let some voices answer, and reveal or leave it open."""
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

    @rule(pick=PICK, business=st.lists(st.none() | st.integers(-1, 6), max_size=3), it=st.lists(st.none() | st.integers(0, 5), max_size=3))
    def count_hands(self, pick: int, business: list[int | None], it: list[int | None]) -> None:
        self.attempt(OpenRound(method="score", cards=(self.card(pick),)))
        self.attempt(CountHands(round=len(self.room.session.rounds), hands={"business": tuple(business), "it": tuple(it)}))

    @rule(pick=PICK, outcome=st.sampled_from((*get_args(TalkOutcome), "", None)), note=TEXTS)
    def talk(self, pick: int, outcome: Any, note: str) -> None:
        self.attempt(OpenTalk(card=self.card(pick)))
        if outcome is not None:
            self.attempt(CloseTalk(outcome=outcome, note=note) if outcome else PutOffTalk())

    @rule(pick=PICK, answer=TEXTS)
    def answer(self, pick: int, answer: str) -> None:
        self.attempt(AnswerConsent(card=self.card(pick), answer=answer))

    @rule(override=st.sampled_from(("", "we must")))
    def reveal(self, override: str) -> None:
        self.attempt(RevealBallots(round=len(self.room.session.rounds), override=override))

    @rule(weighting=st.sampled_from(get_args(Weighting)))
    def take(self, weighting: Weighting) -> None:
        self.attempt(TakeGroupOrder(weighting=weighting))

    @rule(reason=TEXTS)
    def keep(self, reason: str) -> None:
        self.attempt(KeepBoard(reason=reason))

    @rule(reason=st.sampled_from(("", "alarm")))
    def drop(self, reason: str) -> None:
        self.attempt(DropRound(round=len(self.room.session.rounds), reason=reason))

    # --- the room

    @rule(picks=st.lists(PICK, max_size=3), presence=st.sampled_from(get_args(Presence)), proxy=PICK)
    def mark(self, picks: list[int], presence: Presence, proxy: int) -> None:
        self.attempt(MarkAttendance(people=tuple(self.person(pick) for pick in picks), presence=presence, proxy=self.person(proxy)))

    @rule(role=TEXTS, side=SIDES, seat=st.sampled_from(get_args(Seat)))
    def join(self, role: str, side: Side, seat: Seat) -> None:
        self.attempt(AddParticipant(role=role, side=side, seat=seat))

    @rule(role=TEXTS, side=SIDES, seat=st.sampled_from(get_args(Seat)))
    def take_in(self, role: str, side: Side, seat: Seat) -> None:
        self.attempt(AddPeople(people=(AddParticipant(role=role, side=side, seat=seat),)))

    @rule(pick=PICK, side=SIDES, seat=st.sampled_from(get_args(Seat)))
    def change(self, pick: int, side: Side, seat: Seat) -> None:
        person = self.person(pick)
        known = self.room.session.people.get(person)
        self.attempt(ChangeParticipant(person=person, role=known.role if known else "x", side=side, seat=seat))

    @rule(pick=PICK)
    def name_decider(self, pick: int) -> None:
        self.attempt(NameDecider(person=self.person(pick)))

    @rule(pick=st.none() | PICK)
    def ask(self, pick: int | None) -> None:
        self.attempt(ChooseAsker(person="" if pick is None else self.person(pick)))

    @rule(reason=st.sampled_from(("", "holidays")))
    def override_quorum(self, reason: str) -> None:
        self.attempt(OverrideQuorum(reason=reason))

    @rule(phase=st.sampled_from(PHASES), seconds=st.integers(0, 900))
    def phase(self, phase: Any, seconds: int) -> None:
        self.room.clock.advance(seconds)
        self.attempt(StartPhase(phase=phase))

    @rule(command=st.sampled_from((StartTimer(), StopTimer(), AddTime(), AddTime(seconds=0))), seconds=st.integers(-60, 300))
    def timer(self, command: Command, seconds: int) -> None:
        self.room.clock.advance(seconds)
        self.attempt(command)

    @precondition(lambda self: self.room.session.seq > 60)
    @rule(leave=YES)
    def close(self, leave: bool) -> None:
        self.attempt(CloseSession(leave_undecided=leave))

    # --- back and forth

    @rule(depth=st.integers(1, 12))
    def undo_and_redo(self, depth: int) -> None:
        """Whatever depth is taken back and brought back: the board is the same again at every step.

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

    @rule(depth=st.integers(1, 3), command=st.sampled_from((Undo(), Redo())))
    def go_back_or_forth(self, depth: int, command: Command) -> None:
        self.attempt(*[command] * depth)

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
        # No circle came in: every need that is still open ends before what needs it begins.
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
