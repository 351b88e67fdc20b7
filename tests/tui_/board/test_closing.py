"""What is asked before a session closes: what the room left open, in lists of cards."""

from __future__ import annotations

import pytest
from record_release import earlier
from series import said_of_sample, sample_room
from stage import on_stage, press, revealed_room, shown
from support import Room, small

from sessions.commands.consent import AnswerConsent, RecordDissent
from sessions.commands.decisions import AcceptProposals
from sessions.commands.quarters.outcomes import ConfirmOutcomes
from sessions.commands.rounds import CountHands, OpenRound
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.quarters.questions import open_questions
from sessions.rounds.undiscussed import undiscussed
from tui.board.closing import closing_lines
from tui.dialogs.confirm import Confirm


def after(lines: list[str], head: str) -> list[str]:
    """Return the lines of the list below a head."""
    place = next(place for place, line in enumerate(lines) if head in line)
    return [line.strip() for line in lines[place + 1 : lines.index("", place)]]


@pytest.mark.parametrize("decided", [False, True])
def test_closing_lists_the_cards_the_room_differs_on_and_did_not_discuss(decided: bool) -> None:
    room = revealed_room()
    first, *others = undiscussed(room.session)
    if decided:
        room.do(AcceptProposals(cards=tuple(others)))
    room.do(OpenTalk(card=first), CloseTalk(outcome="kept"))
    session = room.session
    expected = [f"#{session.rank(card)} {session.cards[card].title}" for card in others]
    assert after(closing_lines(session, 60), "the room differs on were not discussed") == expected
    lines = closing_lines(session, 60)
    listed = after(lines, "have no decision")
    assert (f"{len(session.undecided)} cards have no decision, {len(others)} of them named above:" in lines) is not decided
    assert listed
    assert not set(expected) & set(listed), "no card is named twice"


def test_closing_lists_what_was_decided_without_consent() -> None:
    room = revealed_room()
    room.do(AcceptProposals(cards=("P03",)), OpenRound(method="consent", cards=("P03",)))
    hands = {"business": (0, 4, 4, 4, 4, 4), "it": (4, 4, 4, 4, 4)}
    room.do(CountHands.model_validate({"round": 2, "hands": hands}))
    assert "without consent" not in "\n".join(closing_lines(room.session, 60)).casefold()
    room.do(AnswerConsent(card="P03", answer="The contract ends in August."))
    room.do(RecordDissent(card="P03", who="COO", stance="objection", text="Too early.", answer="Noted."))
    title = f"#{room.session.rank('P03')} {room.session.cards['P03'].title}"
    assert after(closing_lines(room.session, 60), "Decided without consent") == [title]


@pytest.mark.parametrize("height", [40, 24, 16])
async def test_long_consequences_leave_the_keys_in_sight(height: int) -> None:
    lines = [f"Line {number}" for number in range(40)]
    async with on_stage(Confirm("Close the session?", lines, yes="closes it"), (80, height)) as pilot:
        assert "enter closes it · esc goes back" in shown(pilot)
        await press(pilot, *["pagedown"] * 4)
        assert "Line 39" in shown(pilot)


def test_closing_names_the_questions_that_were_not_asked_or_answered() -> None:
    room = Room(small(), past=earlier()).everybody()
    asks = {
        "The two questions were not asked at the end (ctrl+o asks them).",
        "No one said how business and IT work together (ctrl+e asks both sides).",
    }
    left = len(open_questions(room.session))
    assert asks | {f"{left} questions on what changed not answered (; asks them)."} <= set(closing_lines(room.session, 60))
    room.do(OpenRound(method="pulse", when="close"))
    assert len(asks & set(closing_lines(room.session, 60))) == 1
    assert not asks & set(closing_lines(revealed_room().session, 60)), "a first session"


def test_closing_says_that_what_nobody_looked_back_on_is_recorded_as_open() -> None:
    room = sample_room()
    assert "13 outcomes of the session before not confirmed: recorded as open (, looks back)." in closing_lines(room.session, 60)
    room.do(ConfirmOutcomes(outcomes=said_of_sample()))
    assert not any("confirmed" in line for line in closing_lines(room.session, 60))
