"""The discussion of one card: its clock, who speaks, the scores before and after, and the outcome."""

from __future__ import annotations

from pathlib import Path

import larkfield_votes as votes
import pytest
from stage import on_board, on_stage, press, revealed_room, said, screen_of, shown, words
from support import Room, sample
from textual.pilot import Pilot

from sessions.commands.cards import EditCard, ParkQuestion, Redo, WithdrawCard
from sessions.commands.people import AddParticipant, AddPeople, NameDecider
from sessions.commands.phases import CloseSession
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk, is_untouched
from sessions.record.events import Anonymity, AskerChosen, CardMoved, TalkClosed, TalkOpened, TalkOutcome
from tui.ballot.screen import BallotScreen
from tui.board.screen import SessionScreen
from tui.host.top_bar import TopBar
from tui.reveal.screen import RevealScreen
from tui.talk.screen import TalkScreen
from tui.talk.view import TalkView
from tui.talk.words import speakers
from tui.widgets.lines import Lines

HANDS_1 = "131121" + "44345"
HANDS_2 = "242222" + "43335"
"""Business has six voters, IT five."""


def talking_room(card: str = "P15", anonymity: Anonymity = "side") -> Room:
    """Return the sample session in a discussion of a card, after its first ballot of points."""
    room = revealed_room(anonymity=anonymity)
    room.do(NameDecider(person="coo"), OpenTalk(card=card))
    return room


def score(room: Room, scores: dict[str, dict[str, int | None]], card: str = "P15", anonymity: Anonymity = "side") -> None:
    """Let every voter score a card, unseen."""
    room.do(OpenRound(method="score", anonymity=anonymity, cards=(card,)))
    for voice, given in scores[card].items():
        room.do(SealBallot(round=len(room.session.rounds), voice=voice, scores={} if given is None else {card: given}))
    room.do(RevealBallots(round=len(room.session.rounds)))


def scored_room(rounds: int = 2, anonymity: Anonymity = "side") -> Room:
    """Return the discussion of P15 after its score rounds of the sample."""
    room = talking_room(anonymity=anonymity)
    for scores in (votes.SCORES_1, votes.SCORES_2)[:rounds]:
        score(room, scores, anonymity=anonymity)
    return room


def view(room: Room, card: str = "P15") -> TalkView:
    return TalkView(room.session, card, None)


def top(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one("#talk-top", Lines).text


def now(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(TopBar).text.splitlines()[-1]


# --- the talk begins and continues, and its clock


async def test_the_key_that_leads_to_a_card_opens_its_discussion_once() -> None:
    room = revealed_room()
    async with on_stage(RevealScreen(room.live)) as pilot:
        await press(pilot, "enter")
        screen = screen_of(pilot, TalkScreen)
        assert room.last == TalkOpened(card=screen.card, planned=240)
        score(room, {screen.card: {"cfo": 3}}, card=screen.card)
        events = len(room.live.recordeds)
        await press(pilot, "escape", "enter")
        assert isinstance(pilot.app.screen, TalkScreen)
    assert len(room.live.recordeds) == events


@pytest.mark.parametrize("keys", [("escape",), ("u",), ("ctrl+z",)])
async def test_a_talk_begun_by_mistake_is_put_off_and_what_was_said_before_stays(keys: tuple[str, ...], tmp_path: Path) -> None:
    async with on_board(tmp_path, sample()) as (pilot, opened):
        live = opened.live
        for command in (OpenTalk(card="P01"), ParkQuestion(text="who pays", card="P01"), CloseTalk(outcome="kept", note="parked")):
            live.perform(command)
        await press(pilot, "j", "i", *keys)
        assert isinstance(pilot.app.screen, SessionScreen)
        assert "Put off, still to be discussed: Contractor CRM replacement" in said(pilot)
        assert (live.session.talk, [each.card for each in live.session.talks]) == (None, ["P01"])
        await press(pilot, "u")
        assert "already put off" in said(pilot)
        live.perform(OpenTalk(card="P02"))
        live.perform(AddPeople(people=(AddParticipant(role="Clerk", seat="observer"),)))
        assert is_untouched(live.session), "who comes in says nothing of the card"
        await press(pilot, "u", "u")
        assert (live.session.talk, [each.text for each in live.session.parked]) == (None, ["who pays"])
        await press(pilot, "u", "u")
        assert not live.session.parked
        live.perform(Redo())
        live.perform(OpenTalk(card="P02"))
        live.perform(OpenRound(method="score", cards=("P02",)))
        await press(pilot, "u")
        assert "Discussing “Contractor CRM replacement”" in shown(pilot)
        assert "has begun: record its outcome first" in said(pilot)
        assert live.session.talk
        assert live.session.parked


async def test_the_clock_counts_from_the_record_and_never_ends_the_talk() -> None:
    room = talking_room()
    for seconds, told, up in ((0, "0:00 / 4:00", False), (191, "3:11 / 4:00", False), (60, "4:00 / 4:00 +0:11", True)):
        room.clock.advance(seconds)
        async with on_stage(TalkScreen(room.live, "P15")) as pilot:
            assert told in top(pilot)
            assert ("Time is up" in now(pilot)) is up
    assert room.session.talk is not None
    room.live.perform(EditCard(card=room.session.cards["P01"].model_copy(update={"note": "something is written down"})))
    async with on_stage(TalkScreen(room.reopened(), "P15")) as pilot:
        assert "+0:11" in top(pilot)


async def test_while_the_room_talks_about_another_card_enter_goes_there() -> None:
    room = talking_room("P03")
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        assert "still discusses “Server operating system upgrade”  →  ] go there" in now(pilot)
        events = len(room.live.recordeds)
        await press(pilot, "h", "v", "1", "2", "3", "4", "5", "r")
        assert len(room.live.recordeds) == events
        await press(pilot, "enter")
        assert screen_of(pilot, TalkScreen).card == "P03"
    assert len(room.live.recordeds) == events


# --- who speaks


def test_after_the_scores_extremes_are_named_only_where_that_was_announced() -> None:
    told = {anonymity: speakers(view(scored_room(1, anonymity))) for anonymity in ("named", "side")}
    assert told["named"][1] == ("highest", "with 5: Security Lead")
    assert "COO" not in told["named"][0][1], "the decider speaks last"
    assert told["side"][:2] == [("lowest", "with 1: somebody from business"), ("highest", "with 5: somebody from IT")]
    room = talking_room()
    room.do(OpenRound(method="score", anonymity="secret", cards=("P15",)), CountHands(round=2, hands={"business": (1, 2), "it": (5,)}))
    assert speakers(view(room))[:2] == [("lowest", "a voter who gave 1"), ("highest", "a voter who gave 5")]


async def test_after_raised_hands_the_talk_does_not_say_that_the_room_did_not_vote() -> None:
    room = Room(sample()).everybody()
    hands = {"business": ("P15", "P15", "P03"), "it": ("P15",)}
    room.do(OpenRound(method="approval"), CountHands(round=1, hands=hands), OpenTalk(card="P15"))
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        assert "Hands were raised on it, which do not tell how far people differ." in words(pilot)


# --- the scores


async def test_hands_are_counted_by_one_enter_before_and_after_the_talk() -> None:
    room = talking_room()
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        for told in (
            "Staff sign-in with second factor",
            "sponsor CFO",
            "Keep ordering up",
            "All 4 IT want it now, none of the 6 business does.",
            "● business – · ◆ IT 5th · together 7th of 24",
            "How much does this move our top objectives?",
        ):
            assert told in words(pilot)
        assert "Before anybody speaks: everybody scores the card  →  ] count the hands" in now(pilot)
        await press(pilot, "]", *HANDS_1, "enter")
        assert "The sides are 2.5 apart." in shown(pilot)
        assert "The lowest speaks first, then the highest  →  ] score it again" in now(pilot)
        await press(pilot, "h", *HANDS_2, "enter")
        text = words(pilot)
        assert "The sides came closer: 2.5 apart before, 1.3 after. At least 7 moved." in text
        events = len(room.live.recordeds)
        await press(pilot, "h")
        assert "was scored twice" in said(pilot)
        assert len(room.live.recordeds) == events
    for each in room.session.rounds_on("P15", "score"):
        assert each.opened.anonymity == "side"
        assert each.revealed is not None
        assert each.revealed.hands


async def test_hands_are_left_without_a_trace_or_counted_without_the_missing_and_v_votes_in_secret() -> None:
    room = talking_room()
    events = len(room.live.recordeds)
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        await press(pilot, "h", *"441", "escape", "escape")
        assert isinstance(pilot.app.screen, TalkScreen)
        await press(pilot, "h", *"1311214434", "enter")
        assert "1 hand missing · enter counts without it" in shown(pilot)
        await press(pilot, "backspace", "enter")
        assert "2 hands missing · enter counts without them" in shown(pilot)
        assert len(room.live.recordeds) == events
        await press(pilot, "enter")
        (counted,) = room.session.rounds_on("P15", "score")
        assert counted.revealed is not None
        await press(pilot, "3", "enter", "enter", "v")
        assert isinstance(pilot.app.screen, BallotScreen)
        assert room.session.open_round is not None
        assert room.session.open_round.opened.method == "duel"


async def test_a_round_without_a_ballot_can_still_be_counted_by_hands() -> None:
    room = talking_room()
    room.do(OpenRound(method="score", cards=("P15",)))
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        await press(pilot, "h", *HANDS_1, "enter")
    assert room.session.open_round is None


async def test_masked_ballots_answer_the_same_question() -> None:
    room = talking_room()
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, BallotScreen)
        for voice, given in votes.SCORES_1["P15"].items():
            room.do(SealBallot(round=2, voice=voice, scores={"P15": given} if given is not None else {}))
        await press(pilot, "escape")
        assert "business 6/6 · IT 5/5" in now(pilot)
        for drawn in ("●●", "mean", "apart"):
            assert drawn not in shown(pilot), "nothing of a choice before the reveal"
        await press(pilot, "r", "r")
        assert isinstance(pilot.app.screen, TalkScreen)
        assert "The sides are 2.5 apart." in shown(pilot)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_two_rounds_stand_below_each_other(size: tuple[int, int]) -> None:
    async with on_stage(TalkScreen(scored_room().live, "P15"), size) as pilot:
        lines = shown(pilot).splitlines()
    place = next(place for place, line in enumerate(lines) if "business" in line and " before " in line)
    before, after = lines[place : place + 2]
    dots = [line.partition("  mean")[0] for line in (before, after)]
    assert "●●●●" in dots[0]
    assert "1.5" in before
    assert [figure for figure in ("after", "2.3", "+0.8") if figure not in after] == []
    assert dots[0].rindex("●") < dots[1].rindex("●"), "the dots move to the right"
    assert "7 of 11 moved: 5 up, 2 down." in " ".join(" ".join(lines).split())


# --- the outcome


async def test_1_moves_the_card_with_who_asks_and_why_and_ends_the_talk() -> None:
    room = scored_room()
    room.clock.advance(100)
    old = room.session.rank("P15")
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        await press(pilot, "1", *"7", "tab", *"CFO", "tab", *"the insurer asks for it", "enter")
        asked, moved, closed = [recorded.event for recorded in room.live.recordeds[-3:]]
        assert asked == AskerChosen(person="cfo", old="")
        assert moved == CardMoved(card="P15", old=old, new=7, asked_by="cfo", reason="the insurer asks for it")
        assert closed == TalkClosed(card="P15", outcome="moved", used=100, note="the insurer asks for it")
        assert f"Moved from {old} to 7 after 1 min 40 s: the insurer asks for it." in words(pilot)


async def test_scores_typed_before_the_hands_are_asked_for_end_nothing() -> None:
    room = talking_room()
    events = len(room.live.recordeds)
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        for digit in "51234":
            await press(pilot, digit, "1", "2")
            assert "An outcome before the scores?" in shown(pilot)
            await press(pilot, "escape")
        await press(pilot, "5", "enter")
        await pilot.pause()
        assert "keeps its place, and the discussion of" in shown(pilot)
        await press(pilot, *"1 2", "enter")
        assert "Those look like scores" in shown(pilot)
    assert len(room.live.recordeds) == events


@pytest.mark.parametrize(
    ("keys", "outcome", "note", "parked"),
    [
        (["2", "enter"], "kept", "", ""),
        (["4", *"is it worth it", "enter"], "differ", "is it worth it", ""),
        (["enter", "5", *"who pays", "enter"], "kept", "parked: who pays", "who pays"),
    ],
    ids=["kept", "differ", "parked, from the list"],
)
async def test_other_outcomes_end_the_talk_where_the_card_stands(keys: list[str], outcome: TalkOutcome, note: str, parked: str) -> None:
    room = scored_room()
    order = room.session.order
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        assert "What is the outcome?  →  ] say the outcome" in now(pilot)
        await press(pilot, *keys)
    assert room.last == TalkClosed(card="P15", outcome=outcome, used=0, note=note)
    assert "".join(each.text for each in room.session.parked) == parked
    assert room.session.order == order


async def test_a_duel_with_the_card_above_moves_and_ends_the_talk() -> None:
    room = scored_room()
    rank = room.session.rank("P15")
    above = room.session.order[rank - 2]
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        await press(pilot, "3")
        await press(pilot, "enter", *"3123", "enter")
        text = words(pilot)
        assert "by 58% to 42%" in text
        assert "Settled by a duel" in text
    assert room.session.rank("P15") == rank - 1
    assert room.session.rank(above) == rank
    assert room.last == TalkClosed(card="P15", outcome="duel", used=0, note="Business 2 to 3, IT 3 to 1.")


async def test_after_an_end_the_next_step_goes_to_the_next_card_and_only_its_own_key_talks_again() -> None:
    room = talking_room()
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        await press(pilot, "N")
        assert "Say the outcome of this discussion first" in said(pilot)
        room.do(CloseTalk(outcome="kept"))
        await pilot.pause()
        assert "talk again" in shown(pilot).splitlines()[-1]
        await press(pilot, "enter")
        assert isinstance(room.last, TalkClosed)
        await press(pilot, "i")
        assert room.last == TalkOpened(card="P15", planned=240)
        room.do(CloseTalk(outcome="kept"))
        await pilot.pause()
        assert "] talk about “Server operating system upgrade”" in now(pilot)
        await press(pilot, "]")
        assert screen_of(pilot, TalkScreen).card == "P03"
        assert room.last == TalkOpened(card="P03", planned=240)


# --- other cases


@pytest.mark.parametrize("closed", [False, True])
async def test_where_it_can_only_be_read_nothing_happens(closed: bool) -> None:
    room = scored_room(1)
    if closed:
        room.do(CloseTalk(outcome="kept"), CloseSession(leave_undecided=True, override="the train leaves"))
    else:
        room = revealed_room()
    events = len(room.live.recordeds)
    async with on_stage(TalkScreen(room.live, "P15", read_only=not closed)) as pilot:
        await press(pilot, "h", "v", "1", "2", "3", "4", "5", "r", "enter", "]")
        assert isinstance(pilot.app.screen, TalkScreen)
        assert "Staff sign-in" in shown(pilot)
    assert len(room.live.recordeds) == events


async def test_a_card_that_is_withdrawn_under_the_talk_can_only_be_let_go() -> None:
    room = scored_room(1)
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        room.do(WithdrawCard(card="P15", reason="merged"))
        await pilot.pause()
        assert "withdrawn" in top(pilot)
        assert "It was withdrawn  →  ] end the discussion" in now(pilot)
        assert "nothing left to decide" in words(pilot)
        assert "No ballot was revealed" not in words(pilot)
        assert "together" not in words(pilot)
        await press(pilot, "h", "3", "1", "]", "enter", "enter")
    assert room.session.talk is None
