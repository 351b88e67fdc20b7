"""The decision on a card: the proposal by one key, or a word with what it needs; the list of them, and accepting the proposals together."""

from __future__ import annotations

from typing import Any

import pytest
from stage import answer_of, on_stage, press, revealed_room, shown, words
from support import Room, bare, sample, small, with_cards
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from sessions.commands.agreements import DrawLine
from sessions.commands.decisions import AcceptProposals
from sessions.deciding.proposals import proposal_for
from sessions.deciding.words import WORD_NAMES
from sessions.record.events import DecisionsMade
from sessions.rounds.undiscussed import undiscussed
from tui.decide.accept import AcceptDialog
from tui.decide.dialog import DecideDialog, Words
from tui.decide.stage import DecideStage
from tui.decide.words import KEYS, LABELS, REQUIRED
from tui.widgets.listing import Listing


def fields(pilot: Pilot[None]) -> dict[str, str]:
    """Return the fields that are shown, with their texts."""
    screen = pilot.app.screen
    return {name: screen.query_one(f"#decide-{name}", Input).value for name in LABELS if screen.query_one(f"#row-decide-{name}").display}


async def test_enter_accepts_a_proposal_that_breaks_no_rule() -> None:
    room = Room(small()).everybody()
    proposal = proposal_for(room.session, "P1")
    assert proposal is not None

    async def act(pilot: Pilot[None]) -> None:
        for told in ("#1 Checkout", proposal.sentence, "enter accepts what is proposed", *WORD_NAMES.values()):
            assert told in shown(pilot)
        assert fields(pilot) == {}
        await pilot.press("enter")

    assert await answer_of(DecideDialog(room.session, "P1"), act, (80, 24)) == [AcceptProposals(cards=("P1",))]


async def test_a_card_on_which_the_room_differs_says_so_before_it_is_decided() -> None:
    room = revealed_room()
    async with on_stage(DecideDialog(room.session, undiscussed(room.session)[0], differs=True)) as pilot:
        assert "differs · not discussed" in shown(pilot)


async def test_the_preview_is_the_sentence_that_is_recorded() -> None:
    room = Room(small()).everybody()
    for key in "356":  # the words with the most fields
        word = KEYS[key]
        texts: list[str] = []

        async def act(pilot: Pilot[None], key: str = key, texts: list[str] = texts) -> None:
            await pilot.press(key)
            for name, value in {"week": "2026-09-02", "missing": "funding", "until": "2026-08-15", "why": "as agreed."}.items():
                if name in fields(pilot):
                    pilot.app.screen.query_one(f"#decide-{name}", Input).value = value
            await pilot.pause()
            texts.append(words(pilot))
            await pilot.press("enter")

        (answer,) = await answer_of(DecideDialog(room.session, "P3"), act)
        assert answer.word == word
        (made,) = room.do(answer)
        assert isinstance(made, DecisionsMade)
        assert f"→ {made.decisions[0].sentence}" in texts[0]


async def test_a_refusal_is_said_in_the_dialog_and_leads_to_its_field() -> None:
    room = Room(small()).everybody()
    async with on_stage(DecideDialog(room.session, "P1"), (80, 24)) as pilot:
        for pressed, sentence in (
            (("3", "enter"), "needs the day from which it starts"),
            (("x", "enter"), "The day is written as 2026-07-06."),
            (("6", "enter"), "needs what is missing"),
        ):
            pilot.app.screen.query_one(Words).focus() if pressed[0].isdigit() else None
            await press(pilot, *pressed)
            assert sentence in words(pilot)
        for key, word in KEYS.items():
            if field := REQUIRED.get(word):
                pilot.app.screen.query_one(Words).focus()
                await press(pilot, key)
                pilot.app.screen.query_one(f"#decide-{field}", Input).value = ""
                pilot.app.screen.query_one("#decide-owner" if field != "why" else Words).focus()
                await press(pilot, "enter")
                assert pilot.app.focused is pilot.app.screen.query_one(f"#decide-{field}", Input), word
        assert isinstance(pilot.app.screen, DecideDialog)


async def test_a_proposal_that_breaks_a_rule_is_taken_up_and_asks_for_the_reason() -> None:
    room = Room(small())

    async def act(pilot: Pilot[None]) -> None:
        assert "enter takes up what is proposed" in shown(pilot)
        await press(pilot, "enter")
        assert "there is no quorum of business and IT" in words(pilot)
        assert "o on the people screen" in words(pilot)
        await press(pilot, "enter")
        assert "needs a reason" in words(pilot)
        await press(pilot, *"they agreed by mail", "enter")

    (command,) = await answer_of(DecideDialog(room.session, "P1"), act)
    made = room.one(command, DecisionsMade)
    assert made.decisions[0].override == "they agreed by mail"
    assert made.decisions[0].provisional


async def answers(room: Room, *keys: str, cards: tuple[str, ...] = ()) -> list[Any]:
    return await answer_of(AcceptDialog(room.session, cards), lambda pilot: press(pilot, *keys))


async def test_enter_takes_all_space_leaves_a_line_out_and_escape_does_nothing() -> None:
    room = Room(small()).everybody()
    assert await answers(room, "enter") == [AcceptProposals(cards=("P1", "P2", "P3", "P4"))]
    assert await answers(room, "j", "space", "enter") == [AcceptProposals(cards=("P1", "P3", "P4"))]
    assert await answers(room, "escape") == [None]
    assert await answers(room, "enter", cards=("P2", "P3")) == [AcceptProposals(cards=("P2", "P3"))]
    assert await answers(room, "space", "enter", cards=("P2",)) == [], "no line is left"


async def test_what_the_room_differs_on_stands_apart() -> None:
    room = revealed_room()
    differing = undiscussed(room.session)
    async with on_stage(AcceptDialog(room.session), (80, 24)) as pilot:
        text = shown(pilot)
        assert f"{len(differing)} differ and stay open" in " ".join(text.split())
        assert "Differs · not discussed: these stay open" in text
    (command,) = await answers(room, "enter")
    assert not set(command.cards) & set(differing)


async def test_a_long_title_takes_what_a_short_sentence_leaves() -> None:
    title = "Modernization of the member account portal platform"
    room = Room(with_cards(bare("A B"), A={"title": title})).everybody()
    room.do(DrawLine(projects=1))
    async with on_stage(AcceptDialog(room.session), (80, 24)) as pilot:
        assert f"{title}  Start." in shown(pilot)


async def test_without_a_quorum_every_line_says_so_and_enter_only_leaves() -> None:
    room = Room(sample())
    async with on_stage(AcceptDialog(room.session), (80, 24)) as pilot:
        assert "24 need your decision" in shown(pilot)
        assert "There is no quorum of business and IT" in shown(pilot)
    assert await answers(room, "enter") == [None]


class Stage(Screen[None]):
    """The list over a session."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.stage = DecideStage()

    def compose(self) -> ComposeResult:
        yield self.stage

    def on_mount(self) -> None:
        session = self.room.session
        self.stage.show(session, session.order, selected=session.order[3])


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_list_counts_and_tells_decided_from_proposed_and_from_what_differs(size: tuple[int, int]) -> None:
    room = revealed_room()
    room.do(AcceptProposals(cards=room.session.order[:9]))
    differing = [card for card in undiscussed(room.session) if card in room.session.undecided]
    async with on_stage(Stage(room), size) as pilot:
        lines = shown(pilot).splitlines()
        rows = {card: next(line for line in lines if room.session.cards[card].title[:20] in line) for card in room.session.order[:15]}
        assert all(("✓" in row) == (card in room.session.decisions) for card, row in rows.items())
        assert all(("differs · not discussed" in row) == (card in differing) for card, row in rows.items())
        assert all("proposed: " in row for card, row in rows.items() if card in room.session.undecided and card not in differing)
        assert "decided" in shown(pilot)
        assert ("9 of 24" in shown(pilot)) == (size[0] < 90), "in block letters where there is room"
        assert pilot.app.screen.query_one(Listing).chosen == room.session.order[3]
