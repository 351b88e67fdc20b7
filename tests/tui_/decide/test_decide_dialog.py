"""The decision on a card: the proposal by one key, or a word with what it needs, and a reason against a rule."""

from __future__ import annotations

from stage import answer_of, on_stage, press, revealed_room, shown, words
from support import Room, sample, small
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.commands.decisions import AcceptProposals
from sessions.deciding.proposals import proposal_for
from sessions.deciding.words import WORD_NAMES
from sessions.record.events import DecisionsMade
from sessions.rounds.undiscussed import undiscussed
from tui.decide.dialog import DecideDialog, Words
from tui.decide.words import KEYS, LABELS, REQUIRED


def fields(pilot: Pilot[None]) -> dict[str, str]:
    """Return the fields that are shown, with what stands in them."""
    screen = pilot.app.screen
    return {name: screen.query_one(f"#decide-{name}", Input).value for name in LABELS if screen.query_one(f"#decide-row-{name}").display}


async def test_enter_accepts_a_proposal_that_breaks_no_rule() -> None:
    room = Room(small()).everybody()
    async with on_stage(DecideDialog(room.session, "P1"), (80, 24)) as pilot:
        text = shown(pilot)
        proposal = proposal_for(room.session, "P1")
        assert proposal is not None
        assert "#1 Checkout" in text
        assert proposal.sentence in text
        assert "enter accepts what is proposed" in text
        assert all(name in text for name in WORD_NAMES.values())
        assert fields(pilot) == {}
    (command,) = await answer_of(DecideDialog(room.session, "P1"), lambda pilot: press(pilot, "enter"))
    assert command == AcceptProposals(cards=("P1",))
    room.do(command)
    assert room.session.decisions["P1"].sentence == proposal.sentence


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


async def test_without_a_sponsor_a_start_needs_a_reason_which_is_recorded() -> None:
    room = Room(sample()).everybody()
    async with on_stage(DecideDialog(room.session, "P14"), (80, 24)) as pilot:
        await press(pilot, "2")
        assert "Against it: it has no sponsor." in words(pilot)
        assert "override" in fields(pilot)
        await press(pilot, "enter")
        assert "needs a reason" in words(pilot)
        await press(pilot, *"the COO takes it", "enter")
        assert not isinstance(pilot.app.screen, DecideDialog), "what is missing is where the keys go"


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
        pilot.app.screen.query_one("#decide-override", Input).value = "they agreed by mail"
        await pilot.press("enter")

    (command,) = await answer_of(DecideDialog(room.session, "P1"), act)
    made = room.one(command, DecisionsMade)
    assert made.decisions[0].override == "they agreed by mail"
    assert made.decisions[0].provisional
