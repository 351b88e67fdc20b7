"""The summary is one page worth reading, the same bytes for the same session, and free of what a user's text could do to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hostile import Poison, poisoned
from larkfield import meeting
from markdown_it import MarkdownIt
from record_release import earlier, every_event
from series import of_the_sample
from stage import revealed_room
from support import FIXTURES, Room, bare, small

from sessions.commands.agreements import DrawLine, SetNextSession
from sessions.commands.cards import AddCard, EditCard, MoveCard, Undo, WithdrawCard
from sessions.commands.decisions import AcceptProposals, Decide
from sessions.commands.group_order import KeepBoard, TakeGroupOrder
from sessions.commands.people import ChooseAsker, MarkAttendance, OverrideQuorum
from sessions.commands.quarters.adoption import DeliverCard
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.commands.talks import CloseTalk, OpenTalk
from sessions.deciding.words import words_of
from sessions.portfolio.models import Benefit, Project, Team
from sessions.state.fold import replay
from sessions.summary.markdown import summary

GOLDEN = FIXTURES / "summary_golden.md"
HOSTILE = "# x | [a](javascript:alert) ![i](http://evil.example/i.png) <script>x</script> `c` **b** &amp; www.evil.example a@evil.example -->"


OURS = ("paragraph", "heading", "bullet_list", "ordered_list", "list_item", "strong", "table", "thead", "tbody", "tr", "th", "td")
"""The only structure that a page has."""


def headings(page: str) -> list[str]:
    return [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]


def part(page: str, heading: str) -> str:
    """Return the text under a heading."""
    return page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


# --- the whole meeting


def test_the_page_of_the_sample_meeting_is_exactly_the_golden_one() -> None:
    assert summary(meeting().session).encode() == GOLDEN.read_bytes()


# --- what the plan adds


def teamed() -> Room:
    """The small portfolio with one person in its only team: a card after the other."""
    return Room(small().model_copy(update={"teams": (Team(id="WEB", name="Web", people=10),)})).everybody()


def test_a_promise_that_the_plan_no_longer_keeps_is_named() -> None:
    room = teamed()
    room.do(AcceptProposals(), MoveCard(card="P4", to=1))
    waits = part(summary(room.session), "Starts later")
    assert "| 3 | Price lists | COO | 3 Aug | The Web team is on #1 Checkout until then. |" in waits
    assert "- By the plan as it is now, Checkout starts on 3 Aug; 6 Jul was promised." in waits
    assert "- By the plan as it is now, Price lists starts on 31 Aug; 3 Aug was promised." in waits
    assert "Returns starts" not in waits


def test_the_page_tells_later_quarters_apart_and_names_a_missed_deadline() -> None:
    room = teamed()
    room.do(EditCard(card=room.session.cards["P1"].model_copy(update={"deadline_week": 1})))
    for card, week in (("P1", 3), ("P2", 20), ("P3", 30)):
        room.do(Decide(card=card, word="start_after", week=week))
    page = summary(room.session)
    assert "- 1 starts later this quarter, 1 starts next quarter, 1 starts after it." in part(page, "In one minute")
    assert "- Checkout: ends on 14 August, after its deadline, 10 July." in part(page, "Starts later")


# --- what is on it, section by section


def test_titles_alone_give_a_page_without_empty_sections() -> None:
    page = summary(Room(bare(people=())).session)
    assert page == (
        "# Q3: what we decided\n\n30 June 2026 · 90 min · not closed yet: phase Prepare\n\n## In one minute\n\n"
        "- Nothing is decided yet: 4 cards are open.\n\n## Not decided\n\n#1 A; #2 B; #3 C; #4 D.\n\n"
        "The full order and record are in the session file.\n"
    )


def test_without_a_quorum_the_page_says_so_and_why(room: Room) -> None:
    room.do(MarkAttendance(people=("coo", "cfo", "vp-sales"), presence="present"), OverrideQuorum(reason="IT is at an incident"))
    room.do(Decide(card="P1", word="start"), Decide(card="P2", word="start"))
    page = summary(room.session)
    assert "**Without a quorum of IT: all decisions are provisional.** Reason: IT is at an incident." in page
    assert "- The session went on without a quorum. Reason: IT is at an incident." in part(page, "Decided against a rule")
    assert "3 of 3 business and 0 of 2 IT voters present" in page
    assert "Checkout (provisional)" not in page
    room.do(MarkAttendance(people=("vp-sales",), presence="proxy", proxy="cfo"))
    assert "Not there: VP Sales (represented by CFO), CIO and Architect." in part(summary(room.session), "Who was there")


def test_a_ballot_that_was_not_revealed_leaves_no_trace(live: Room) -> None:
    before = summary(live.session)
    live.do(OpenRound(), SealBallot(round=1, voice="coo", points={"P1": 25, "P2": 7}), SealBallot(round=1, voice="cio", points={"P3": 25}))
    assert summary(live.session) == before
    live.do(DropRound(round=1, reason="wrong cards"))
    assert summary(live.session) == before


def test_the_head_says_how_the_voices_were_counted(live: Room) -> None:
    ballots = [SealBallot(round=1, voice=voice, points={"P4": 25}) for voice in ("coo", "cio")]
    live.do(OpenRound(), *ballots, RevealBallots(round=1), TakeGroupOrder(weighting="person"))
    page = summary(live.session)
    assert "one vote per person" in page.splitlines()[2]
    told = "business 1 of 3 and IT 1 of 2 voted, and the board took the group's order. All 4 can start: only their order is open."
    assert f"- Ballot 1 (points): {told}" in page
    live.do(Undo(), KeepBoard(reason="the gap is small"))
    page = summary(live.session)
    assert "- The board stayed the same after ballot 1 (the gap is small)." in page
    assert "equal weight for both sides" in page.splitlines()[2]


def test_what_changed_in_the_session_is_told_with_its_reasons(live: Room) -> None:
    card = live.session.cards["P2"]
    live.do(ChooseAsker(person="cfo"), MoveCard(card="P4", to=2, reason="the contract ends."), MoveCard(card="P4", to=3))
    live.do(ChooseAsker(person="cio"), MoveCard(card="P4", to=1, reason="it is ready"), MoveCard(card="P2", to=4))
    told = "Returns 4 → 1 (CFO: the contract ends; then CIO: it is ready); Price lists 2 → 4 (CIO)"
    assert f"- Moved: {told}.\n- 1 more moved by one place to make room.\n" in part(summary(live.session), "Changed in this session")
    live.do(AddCard(card=Project(id="", title="Found on the way"), rank=1), WithdrawCard(card="P3", reason="no longer needed"))
    live.do(EditCard(card=card.model_copy(update={"benefit": Benefit(text="12% more orders", monthly=15000)})))
    changed = part(summary(live.session), "Changed in this session")
    assert "; then others pushed it)" in changed
    assert "- Added: Found on the way (#1)." in changed
    assert "- Withdrawn: Close faster (no longer needed)." in changed
    assert "- Benefits rewritten: Price lists (9,000 a month → 15,000 a month)." in changed


def test_a_card_that_the_others_push_over_the_line_is_listed_like_one_that_was_moved() -> None:
    room = Room(bare()).everybody()
    room.do(DrawLine(projects=2), MoveCard(card="D", to=1))
    assert "- The room drew its line itself: 2 projects." in summary(room.session)
    assert part(summary(room.session), "Changed in this session").strip().splitlines() == [
        "- By hand: D 4 → 1, into the first 2.",
        "- Others pushed it: B 2 → 3, out of the first 2.",
        "- 2 more moved by one place to make room.",
    ]


def test_a_move_after_the_ballot_is_told_apart_from_it_and_so_is_what_became_of_a_discussion(live: Room) -> None:
    ballots = [SealBallot(round=1, voice=voice, points={"P4": 25, "P1": 20}) for voice in ("coo", "cio")]
    live.do(OpenRound(), *ballots, RevealBallots(round=1), TakeGroupOrder(), MoveCard(card="P4", to=3), MoveCard(card="P4", to=2))
    live.do(OpenTalk(card="P3"), CloseTalk(outcome="kept", note="The auditor asks for it."))
    live.do(OpenTalk(card="P2"), CloseTalk(outcome="differ", note="ask again in autumn"))
    told = part(summary(live.session), "Changed in this session")
    assert "- Ballot 1; then by hand: Returns 4 → 2." in told
    kept, differ = "Close faster (kept its place: The auditor asks for it)", "Price lists (the room agreed to differ: ask again in autumn)"
    assert f"- Discussed: {kept}; {differ}." in told


def test_what_the_room_differs_on_and_did_not_discuss_is_named() -> None:
    told = part(summary(revealed_room().session), "Where we disagreed").strip().splitlines()[-1]
    assert told.startswith("- Not discussed, although the room differs on them: #")


def test_what_does_not_start_is_looked_at_again_at_the_next_session_and_on_its_day_once_that_is_named() -> None:
    room = Room(bare()).everybody()
    room.do(Decide(card="A", word="hold", why="No people", until="2026-08-15"))
    room.do(Decide(card="B", word="not_now"), Decide(card="C", word="stop", why="Too late"), Decide(card="D", word="not_now"))
    assert part(summary(room.session), "Does not start").strip().splitlines() == [
        "| Project | Decision | Why | Comes back |",
        "|---|---|---|---|",
        "| A | On hold | No people. | 15 Aug 2026 |",
        "| C | Stopped | Too late. | as a new card |",
        "",
        "- Not now, looked at again at the next session: #2 B; #4 D.",
    ]
    room.do(SetNextSession(day="2026-09-29"))
    told = part(summary(room.session), "Does not start")
    assert "- Not now, looked at again on 29 September 2026: #2 B; #4 D." in told
    assert "| A | On hold | No people. | 15 Aug 2026 |" in told
    assert words_of(room.session, room.session.decisions["B"]) == "Not now. Looked at again on 29 September 2026."
    assert words_of(room.session, room.session.decisions["A"]) == "On hold until 15 August 2026. No people."
    room.do(Undo())
    assert words_of(room.session, room.session.decisions["B"]) == "Not now. Looked at again at the next session."


def test_a_picture_shows_the_first_cards_over_the_quarter() -> None:
    room = teamed()
    room.do(Decide(card="P1", word="start"), Decide(card="P4", word="not_now"))
    assert part(summary(room.session), "The plan").strip().splitlines() == [
        "```text",
        "     6 Jul   3 Aug   31 Aug  28 Sep",
        "  1  ▆▆▆▆▆▆▆▆··················   Checkout",
        "  2  ········░░░░░░░░··········   Price lists",
        "  3  ················░░░░░░░░··   Close faster",
        "  4  ··························   Returns (not now)",
        "",
        "     ░░ not decided",
        "```",
    ]


# --- a hostile room


@pytest.mark.parametrize("room", [meeting, every_event])
def test_no_text_of_a_user_becomes_structure(room: Callable[[], Room]) -> None:
    page = summary(replay(poisoned(room().log.records, Poison(blends=(HOSTILE,)))))
    assert page.count("evil") > 60
    for parser in (MarkdownIt("commonmark").enable("table"), MarkdownIt("gfm-like")):
        tokens = parser.parse(page)
        kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
        assert kinds <= {"inline", "text", "fence", *(f"{name}_{end}" for name in OURS for end in ("open", "close"))}
        assert sum(token.type == "heading_open" for token in tokens) == 1 + len(headings(page))
        assert sum(token.type == "fence" for token in tokens) == page.count("\n```text\n")
        assert page.count("\n| ") == sum(token.type == "tr_open" for token in tokens)


def test_the_page_tells_what_was_delivered_and_is_in_use() -> None:
    room = Room(small(), past=earlier().model_copy(update={"delivered": of_the_sample()})).everybody()
    told = part(summary(room.session), "In one minute")
    assert "- Delivered: 4 projects, **2 are in use**, 1 not yet (Mobile sales quotes 41 of 70 %), 1 not measured." in told
    assert "- They bring 17,700 of the 25,500 a month that was promised (69%); 1 of 4 not known." in told
    room.do(DeliverCard(card="P1"), AcceptProposals(cards=("P1", "P2")))
    page = summary(room.session)
    assert "1 is adopting." in page
    assert "| Checkout | Adopting | It was delivered; people are still to use it: not measured yet. |" in part(page, "Delivered, not done yet")
    assert "## Done" not in page
    assert "Checkout" not in part(page, "Starts now")
