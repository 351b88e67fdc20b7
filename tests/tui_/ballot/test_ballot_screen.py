"""The ballot screen and the secret ballot: it shows who has voted, and at no moment what anyone chose."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from stage import frame, on_stage, press, said, shown, type_text, voting_room, words
from support import SAMPLE, Room, bare, lock_folder
from textual import events
from textual.widgets import Input, Static
from workbooks import workbook

from sessions.commands.cards import MoveCard
from sessions.commands.rounds import SealBallot
from sessions.imports.ballots.values import ABSTAIN
from sessions.record.events import BallotsRevealed
from sessions.sample import sample_ballots
from tui.ballot.private_view import PrivateView
from tui.ballot.screen import BallotScreen
from tui.ballot.secret_entry import SecretBallot, SecretLine
from tui.reveal.screen import RevealScreen
from tui.talk.screen import TalkScreen


def ballot_of(room: Room, voice: str) -> object:
    seals = room.session.rounds[-1].seals
    return room.urn.open_seals(1, {voice: seals[voice]})[voice][1]


# --- the secret ballot


@pytest.mark.parametrize("last_keys", [("escape", "escape"), ("enter",)], ids=["dropped", "handed in"])
async def test_what_was_typed_does_not_survive_the_dialog(last_keys: tuple[str, ...]) -> None:
    async with on_stage(BallotScreen(voting_room().live)) as pilot:
        await press(pilot, "enter")
        line = pilot.app.screen.query_one(SecretLine)
        await type_text(pilot, "3 25")
        assert line.typed == "3 25"
        await press(pilot, *last_keys)
        assert line.typed == ""
        assert "3 25" not in repr(vars(line))


async def test_a_refused_entry_is_emptied_by_ctrl_u_also_from_the_private_view() -> None:
    room = voting_room()
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        for keys in (("ctrl+u",), ("ctrl+t", "ctrl+u")):
            await press(pilot, "enter", *"1 99", "enter")
            assert "ctrl+u starts over." in shown(pilot)
            await press(pilot, *keys)
            assert "The line is empty: type again." in shown(pilot)
            await press(pilot, *"1 25", "enter", "enter")
    assert len(room.session.rounds[-1].seals) == 2


async def test_a_second_ballot_of_a_voter_says_what_it_replaces_and_esc_asks_before_it_drops_one() -> None:
    room = voting_room()
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "enter", *"1 25", "enter", "enter", "k", "enter")
        assert "CFO has voted: this ballot replaces it." in shown(pilot)
        await press(pilot, *"2 25", "escape")
        assert "Not handed in yet: esc again drops it." in shown(pilot)
        await press(pilot, "ctrl+u", *"3 25", "enter", "escape")
        assert isinstance(pilot.app.screen, SecretBallot)
        await press(pilot, "escape")
        assert ballot_of(room, "cfo") == {"points": {room.session.order[0]: 25}}
        await press(pilot, "enter", *"abstain", "enter", "enter")
        assert "business 1/6 · IT 0/5" in shown(pilot)
    assert ballot_of(room, "cfo") == {"abstained": True}


async def test_pasted_text_is_taken_and_not_shown() -> None:
    room = voting_room()
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "enter")
        before = frame(pilot)
        pilot.app.screen.query_one(SecretLine).post_message(events.Paste("P03 20\nP05 7"))
        await pilot.pause()
        assert frame(pilot) == before
        await press(pilot, "enter", "enter")
    assert ballot_of(room, "cfo") == {"points": {"P03": 20, "P05": 7}}


async def test_all_of_495_cards_can_be_reached_and_their_numbers_are_frozen_when_the_ballot_opens() -> None:
    room = Room(bare(" ".join(f"C{number}" for number in range(1, 496)))).everybody()
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        await press(pilot, "enter", "enter")
        room.do(MoveCard(card="C495", to=1))
        await press(pilot, "enter")
        assert "   1  C1" in shown(pilot)
        await press(pilot, *["pagedown"] * 60)
        assert " 495  C495" in shown(pilot)
        await press(pilot, *"495 25, C7 5", "enter", "enter")
    assert ballot_of(room, "cfo") == {"points": {"C495": 25, "C7": 5}}


async def test_too_many_points_are_told_by_kind_and_the_private_view_says_how_many_until_a_key_hides_it() -> None:
    room = voting_room()
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        await press(pilot, "enter", *"7 25, 2 25, 3 25, 4 25, 5 12", "enter")
        assert "Too many points." in words(pilot)
        assert "112" not in words(pilot)
        await press(pilot, "ctrl+t")
        assert isinstance(pilot.app.screen, PrivateView)
        assert all(each in words(pilot) for each in ("You typed: 7 25", "112 points: 12 too many", room.session.at_rank(7).title))
        await press(pilot, "5")
        dialog = pilot.app.screen
        assert isinstance(dialog, SecretBallot)
        assert dialog.query_one(SecretLine).typed.endswith("5 12")
        assert "112" not in words(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "ctrl+t")
        assert "0 of 100 points left" in words(pilot)
        await press(pilot, "escape", "enter", *"7 no stock figure is true", "ctrl+t")
        assert "7: no stock figure is true" in words(pilot)
        await press(pilot, "x", "enter")
    order = room.session.order
    assert ballot_of(room, "cfo") == {
        "points": {order[6]: 25, order[1]: 25, order[2]: 25, order[3]: 25}, "reason_card": order[6], "reason": "no stock figure is true",
    }  # fmt: skip


# --- the screen


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_ballots_come_from_a_file_and_are_revealed(kind: str, tmp_path: Path) -> None:
    room, path = voting_room(), tmp_path / f"votes.{kind}"
    text = (SAMPLE / "ballots_points_r1.csv").read_text(encoding="utf-8")
    path.write_bytes(text.encode() if kind == "csv" else workbook(*csv.reader(text.splitlines())))
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "f")
        pilot.app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        assert f"11 ballots sealed from votes.{kind}." in shown(pilot)
        await press(pilot, "r")
        assert "Every voter has voted" in shown(pilot)
        assert room.session.rounds[-1].revealed is None
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, RevealScreen)
    assert isinstance(room.last, BallotsRevealed)
    assert [(each.ballots, each.abstained) for each in room.last.turnout] == [(6, 0), (5, 1)]


async def test_what_is_no_file_of_ballots_is_told_without_its_contents_and_its_name_stays_to_be_put_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, folder = voting_room(), tmp_path / "files"
    folder.mkdir()
    (folder / "a.csv").write_text("coo,26,13\ncfo,17,19\n", encoding="utf-8")
    (folder / "a.json").write_text('{"coo": {"P01": 23, "P01": 11}}', encoding="utf-8")
    (folder / "b.csv").write_text("voter,P01\ncoo,5\n", encoding="utf-8")
    refused = [
        ("a.csv", "this holds no ballots"),
        ("a.json", "this holds no ballots"),
        ("x" * 256, "File name too long"),
        (lock_folder(monkeypatch, tmp_path / "locked"), "no permission"),
        ("nowhere.csv", "there is no such file"),
    ]
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "f")
        line = pilot.app.screen.query_one(Input)
        for name, reason in refused:
            line.value = str(folder / name)
            await press(pilot, "enter")
            told = said(pilot) + str(pilot.app.screen.query_one("#dialog-error", Static).content)
            assert reason in told
            assert not any(part in told.replace(str(tmp_path), "") for part in ("11", "13", "17", "19", "23", "P01"))
            assert line.value == str(folder / name)
        assert not room.session.rounds[-1].seals
        line.value = str(folder / "b.csv")
        await press(pilot, "enter")
        assert "1 ballot sealed from b.csv." in words(pilot)


async def test_the_screen_names_who_is_missing_and_the_other_ways_to_vote_and_a_reveal_takes_two_steps() -> None:
    room = voting_room()
    for voice in room.session.voters():
        if voice.id != "cio":
            room.do(SealBallot(round=1, voice=voice.id, points={"P01": 1}))
    async with on_stage(BallotScreen(room.live), (80, 24)) as pilot:
        await press(pilot, "m")
        assert "1 of 11 voters to vote" in words(pilot)
        await press(pilot, "escape", "v")
        assert "From files (f)" in words(pilot)
        assert "By raised hands" not in words(pilot), "points are not voted by hands"
        await press(pilot, *"files", "enter")
        assert "Ballots from a file" in words(pilot)
        await press(pilot, "escape", "r")
        assert "Not voted yet (will not count): CIO." in words(pilot)
        assert room.session.rounds[-1].revealed is None
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BallotScreen)
        await press(pilot, "r", "enter", "r")
        assert "Reveal before all have voted?" in shown(pilot), "the usual keys do not reveal before all are in"
        await press(pilot, "!", "enter")
        assert room.session.open_round is not None, "it takes a reason"
        await press(pilot, *"on a plane", "enter")
    assert isinstance(room.last, BallotsRevealed)
    assert (room.last.missing, room.last.override) == (("cio",), "on a plane")


async def test_a_reason_is_read_at_the_reveal_beside_its_card_and_in_its_discussion() -> None:
    room = voting_room()
    for voice, ballot in sample_ballots().ballots.items():
        reason = {"reason": "the insurer asks for it by June", "reason_card": "P15"} if voice == "cio" else {}
        room.do(SealBallot(round=1, voice=voice, points=None if ballot is ABSTAIN else ballot, **reason))
    async with on_stage(BallotScreen(room.live)) as pilot:
        await press(pilot, "r", "r")
        assert isinstance(pilot.app.screen, RevealScreen)
        assert "“the insurer asks for it by June” somebody from IT" in words(pilot)
    async with on_stage(TalkScreen(room.live, "P15")) as pilot:
        assert "“the insurer asks for it by June” somebody from IT" in words(pilot)
