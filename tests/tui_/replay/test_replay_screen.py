"""Replay on the screen: what it shows at each event, where keys lead, and that it plays by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from record_release import earlier
from stage import HOSTILE, disk_library, press, running, screen_of, shown
from support import Room, bare
from textual.pilot import Pilot
from textual.widgets import Static

from sessions.commands.base import Command
from sessions.commands.cards import AddCard, MoveCard, NoteOnCard, ParkQuestion, Redo, Undo, WithdrawCard
from sessions.commands.consent import RecordDissent
from sessions.commands.decisions import Decide
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.phases import StartPhase
from sessions.commands.rounds import CountHands, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.portfolio.models import Project
from sessions.record.events import Anonymity, BallotsRevealed, Matched, Past, Recorded
from sessions.store.tinydb.urn import Urn
from tui.replay.screen import SPEEDS, ReplayScreen
from tui.reveal.screen import RevealScreen
from tui.talk.screen import TalkScreen
from tui.widgets.board.view import BoardView
from tui.widgets.progress_line import ProgressLine

SCRIPT: tuple[Command, ...] = (
    StartPhase(phase="open"),
    StartPhase(phase="cards"),
    MoveCard(card="P5", to=2, reason="the contract ends"),
    NoteOnCard(card="P3", text="asked for weekly"),
    Undo(),
    Undo(),
    Redo(),
    StartPhase(phase="talk"),
    AddCard(card=Project(id="", title="Late idea")),
    WithdrawCard(card="P4", reason="not ours"),
    ParkQuestion(text="Who pays?"),
    StartPhase(phase="decide"),
    Decide(card="P1", word="not_now", until="2026-09-29", owner="CFO"),
)


def played(commands: Sequence[Command], seconds: int = 60, past: Past | None = None) -> list[Recorded]:
    """Play commands and return the record."""
    portfolio = bare("P1 P2 P3 P4 P5 P6", people=())
    room = Room(portfolio.model_copy(update={"quarter": "2026-Q3"}), title="Larkfield", past=past)
    for command in commands:
        room.clock.advance(seconds)
        room.do(command)
    return list(room.live.recordeds)


@asynccontextmanager
async def replaying(recordeds: Sequence[Recorded], folder: Path) -> AsyncIterator[tuple[Pilot[None], ReplayScreen]]:
    screen = ReplayScreen(recordeds)
    async with running(disk_library(folder), screen) as pilot:
        yield pilot, screen


def words(screen: ReplayScreen, name: str) -> str:
    return str(screen.query_one(f"#replay-{name}", Static).render())


async def test_it_begins_with_the_first_event_and_steps_to_the_last(tmp_path: Path) -> None:
    recordeds = played(SCRIPT)
    async with replaying(recordeds, tmp_path) as (pilot, screen):
        for position in range(1, len(recordeds) + 1):
            assert (screen.position, screen.session.seq) == (position, position)
            assert f"event {position} of {len(recordeds)}" in words(screen, "count")
            assert screen.timeline.sentence(position).split()[0] in words(screen, "sentence")
            await pilot.press("right")
        assert screen.at_end
        await pilot.press("left", "h", "k", "up")
        assert screen.position == len(recordeds) - 4
        chapters = []
        for key in ("home", "shift+right", "right_square_bracket", "shift+down", "right", "shift+left", "shift+left", "end", "g", "G", "home"):
            await pilot.press(key)
            chapters.append(screen.position)
        last = len(recordeds)
        assert chapters == [1, 2, 3, 9, 10, 9, 3, last, 1, last, 1]


async def test_the_cursor_follows_the_card_that_an_undo_moves_back(tmp_path: Path) -> None:
    async with replaying(played([MoveCard(card="P2", to=6), MoveCard(card="P1", to=3), Undo()]), tmp_path) as (pilot, screen):
        for position, place in ((2, 5), (3, 2), (4, 0)):
            screen.go(position)
            await pilot.pause()
            assert screen.query_one(BoardView).cursor == place
        assert "▲ from 3" in shown(pilot)


async def test_a_card_says_that_it_is_back_and_no_earlier_rank_while_the_room_votes(tmp_path: Path) -> None:
    matched = (Matched(card="P1", was="P1", by="id", back="no money"), Matched(card="P2", was="X2", by="asked"))
    past = earlier().model_copy(update={"matched": matched, "unclear": ()})
    async with replaying(played([StartPhase(phase="open"), StartPhase(phase="vote")], past=past), tmp_path) as (pilot, screen):
        assert "back from 2026-Q2: no money" in shown(pilot)
        assert "ranked 3 in Q2, last quarter" in shown(pilot)
        await press(pilot, "end")
        assert screen.at_end
        assert "back from 2026-Q2: no money" in shown(pilot)
        assert "ranked 3" not in shown(pilot)


async def test_playing_goes_to_the_end_by_itself_and_stops_there(tmp_path: Path) -> None:
    async with replaying(played(SCRIPT, seconds=0), tmp_path) as (pilot, screen):
        screen.speed = 1000.0
        await pilot.press("space")
        for _ in range(1000):
            if not screen.playing:
                break
            await pilot.pause()
        assert screen.at_end
        assert not screen.playing
        assert "the end" in words(screen, "state")
        assert "plays it again" in words(screen, "count")
        screen.speed = SPEEDS[0]
        await pilot.press("space")
        assert screen.position < len(screen.timeline)
        assert screen.playing


async def test_the_mouse_moves_nothing_on_the_board_but_jumps_on_the_line(tmp_path: Path) -> None:
    async with replaying(played(SCRIPT), tmp_path) as (pilot, screen):
        await pilot.press("right", "right", "right")
        before = screen.query_one(BoardView).cursor
        await pilot.click(BoardView, offset=(5, 14))
        assert screen.query_one(BoardView).cursor == before
        line = screen.query_one(ProgressLine)
        await pilot.click(ProgressLine, offset=(line.size.width - 1, 0))
        assert screen.at_end
        await pilot.click(ProgressLine, offset=(0, 0))
        assert screen.position == 1


# --- rounds, as they were revealed


def voted(folder: Path, anonymity: Anonymity = "side") -> list[Recorded]:
    """Return the record of a room whose urn is real: two orders, a talk with masked scores and a duel, and consent, each ballot with its seal."""
    room = Room(bare("A B C D"), title="Q3").everybody()
    salts = iter(range(1, 1000))
    room.live._urn = Urn(folder / "urn", salt=map("{:032x}".format, salts).__next__)
    room.do(OpenRound(anonymity=anonymity))
    for voice, card in (("coo", "B"), ("cfo", "B"), ("cio", "D")):
        room.do(SealBallot(round=1, voice=voice, points={card: 25}))
    room.do(RevealBallots(round=1), TakeGroupOrder(), OpenTalk(card="C"), OpenRound(method="score", cards=("C",), anonymity=anonymity))
    room.do(SealBallot(round=2, voice="coo", scores={"C": 1}), SealBallot(round=2, voice="cio", scores={"C": 5}), RevealBallots(round=2))
    lower, upper = room.session.order[1], room.session.order[0]
    room.do(OpenRound(method="duel", cards=(lower, upper)), CountHands(round=3, hands={"business": (lower, upper), "it": (lower,)}))
    room.do(CloseTalk(outcome="kept"), Decide(card="C", word="start"), OpenRound(method="consent", cards=("C",), anonymity=anonymity))
    room.do(SealBallot(round=4, voice="cfo", scores={"C": 0}, words=HOSTILE), SealBallot(round=4, voice="cio", scores={"C": 4}))
    room.do(RevealBallots(round=4))
    room.do(RecordDissent(card="C", who="CFO", stance="objection", text="too dear", answer="it pays"))
    room.do(OpenRound(anonymity=anonymity), SealBallot(round=5, voice="cio", points={"A": 25}), RevealBallots(round=5, override="the others left"))
    return list(room.live.recordeds)


def reveals(recordeds: Sequence[Recorded]) -> list[int]:
    """Return the positions right after each reveal."""
    return [place for place, recorded in enumerate(recordeds, 1) if isinstance(recorded.event, BallotsRevealed)]


async def test_before_the_reveal_only_who_has_voted_is_told_and_after_it_the_seals_are_proved(tmp_path: Path) -> None:
    recordeds = voted(tmp_path)
    first, score, duel, _consent, _ = reveals(recordeds)
    async with replaying(recordeds, tmp_path) as (pilot, screen):
        assert words(screen, "round").strip() == ""
        assert "r ballots" not in shown(pilot)
        screen.go(first - 1)
        await pilot.pause()
        assert "Ballot 1, points, open · 3 of 5 voters in: COO, CFO, CIO" in words(screen, "round")
        await press(pilot, "r")
        assert pilot.app.screen is screen
        screen.go(first)
        await pilot.pause()
        assert "✓ 3 ballots proved against their seals.  Ballot 1, points" in words(screen, "round")
        assert "r ballots" in shown(pilot)
        screen.go(score)
        assert "2 ballots proved against their seals." in words(screen, "round")
        screen.go(duel)
        assert "nothing to prove" in words(screen, "round")


async def test_a_ballot_that_was_changed_in_the_file_is_told_in_red(tmp_path: Path) -> None:
    recordeds = voted(tmp_path)
    first = reveals(recordeds)[0]
    event = recordeds[first - 1].event
    assert isinstance(event, BallotsRevealed)
    changed = (event.ballots[0].model_copy(update={"points": (("A", 25),)}), *event.ballots[1:])
    recordeds[first - 1] = recordeds[first - 1]._replace(event=event.model_copy(update={"ballots": changed}))
    async with replaying(recordeds, tmp_path) as (pilot, screen):
        screen.go(first)
        await pilot.pause()
        assert "! Not proved" in words(screen, "round")
        assert screen.query_one("#replay-round").has_class("-wrong")
        screen.go(first - 1)
        assert not screen.query_one("#replay-round").has_class("-wrong")


async def test_r_opens_the_reveal_as_it_was_at_that_moment_and_from_it_the_talk_and_nothing_can_be_done_there(tmp_path: Path) -> None:
    recordeds = voted(tmp_path)
    first = reveals(recordeds)[0]
    async with replaying(recordeds, tmp_path) as (pilot, screen):
        screen.go(first)
        await press(pilot, "r")
        reveal = screen_of(pilot, RevealScreen)
        assert reveal.session.seq == first
        assert "The group's order was taken" not in shown(pilot)
        await press(pilot, "g", "b")
        assert pilot.app.screen is reveal
        await press(pilot, "escape")
        screen.go(first + 1)
        await press(pilot, "r")
        assert "The group's order was taken" in shown(pilot)

        await press(pilot, "tab", "enter")
        assert isinstance(pilot.app.screen, TalkScreen)
        await press(pilot, "1", "2", "3", "4", "5", "h", "v", "escape")
        assert isinstance(pilot.app.screen, RevealScreen)


async def test_a_duel_and_a_consent_round_say_what_they_led_to(tmp_path: Path) -> None:
    recordeds = voted(tmp_path)
    _, _, duel, consent, _ = reveals(recordeds)
    texts = []
    async with replaying(recordeds, tmp_path) as (pilot, screen):
        for position in (duel, consent):
            screen.go(position)
            await press(pilot, "r")
            texts.append(str(pilot.app.screen.query_one("#card-text Static", Static).render()))
            await press(pilot, "escape")
    assert "goes above" in texts[0]
    assert "Raised hands" in texts[0]
    assert "Start." in texts[1]
    assert "No consent: the room averages 2.0 and there is 1 objection." in texts[1]
    assert "too dear" not in texts[1]  # it was written down later
    assert "\x1b" not in texts[1]


@pytest.mark.parametrize(
    ("anonymity", "there", "gone"),
    [("named", ("By name: CIO 5, COO 1.", "Business"), ()), ("secret", ("All voters",), ("By name", "COO", "CIO", "Business"))],
)
async def test_a_named_round_tells_who_and_a_secret_one_not_even_the_side(
    tmp_path: Path, anonymity: Anonymity, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    recordeds = voted(tmp_path, anonymity)
    async with replaying(recordeds, tmp_path) as (pilot, screen):
        screen.go(reveals(recordeds)[1])
        await press(pilot, "r")
        text = str(pilot.app.screen.query_one("#card-text Static", Static).render())
    assert [word for word in there if word not in text] == []
    assert [word for word in gone if word in text] == []
