"""A participant's terminal: it is let in, votes in every way, proposes, follows, and comes back to its seat."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from ballot_rooms import room_for
from joined_kit import joining
from ports import free_port
from room_kit import RoomKit, certified

from sessions.commands.cards import Undo
from sessions.commands.phases import SetVotingTime
from sessions.commands.proposed_moves import AnswerProposal, SetFreeMode
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.record.events import METHODS, Method
from sessions.room.following import Following
from sessions.room.http.server import RoomServer
from sessions.room.wire import Act
from tui.joined.address import AddressError, address_of, link_of
from tui.joined.ballot import longest
from tui.joined.link import Link, RefusedError, body_of

pytestmark = pytest.mark.system


def kit_for(method: Method) -> RoomKit:
    """Return a room with an open round of a method."""
    kit = RoomKit()
    kit.session = room_for(method)
    return kit.open()


def sealed(kit: RoomKit) -> set[str]:
    session = kit.session.session
    return set(session.rounds[-1].seals)


ENTRIES: dict[Method, tuple[str, dict[str, Any]]] = {
    "points": ("1 25, 3 20\r1 it pays back", {"points": (("P01", 25), ("P03", 20)), "reason": "it pays back"}),
    "ranking": ("3 1\r3 it pays back", {"ranking": (("P03",), ("P01",)), "reason": "it pays back"}),
    "approval": ("2 4\r2 it pays back", {"points": (("P02", 1), ("P04", 1)), "reason": "it pays back"}),
    "score": ("4", {"scores": (("P02", 4),)}),
    "duel": ("2", {"prefers": "P02"}),
    "consent": ("2 nobody can test it", {"scores": (("P02", 2),), "words": "nobody can test it"}),
    "pulse": ("4 -", {"scores": (("value", 4),)}),
    "partnership": ("323322", {"scores": (("direction", 3), ("initiative", 2), ("language", 3), ("order", 3), ("seat", 2), ("sponsorship", 2))}),
}


@pytest.mark.parametrize("method", METHODS)
async def test_every_kind_of_ballot_is_handed_in_typed_in_one_burst(method: Method) -> None:
    kit, (typed, chosen) = kit_for(method), ENTRIES[method]
    async with joining(kit) as joined:
        await joined.come_in("CFO")
        await joined.shows("Your ballot is not in yet")
        joined.burst(f"\r{typed}\r")
        await joined.shows("Your ballot is in")
        assert sealed(kit) == {"cfo"}
    kit.session.do(*(SealBallot(round=1, voice=voice) for voice in ("coo", "cio", "architect")), RevealBallots(round=1, override="go"))
    revealed = kit.session.session.rounds[0].revealed
    assert revealed is not None
    (ballot,) = (each for each in revealed.ballots if not each.abstained)
    assert {name: getattr(ballot, name) for name in chosen} == chosen


@pytest.mark.promise("room-R18")
def test_all_ballots_of_a_round_are_sent_as_long() -> None:
    opened = kit_for("consent").session.session.rounds[0].opened
    card, vote = opened.cards[0], {"kind": "vote", "voice": "vp-of-operations"}
    choices = {"scores": {card: 5}}, {"scores": {card: 0}, "words": "\U0001f4b6逾期 \ud800" * 80}
    bodies = [body_of({"id": "0" * 24, "round": 1, "version": 2**50, "what": {**vote, "choice": each}}, longest(opened)) for each in choices]
    assert {len(body) for body in bodies} == {longest(opened)}
    assert Act.model_validate_json(bodies[1])


async def test_a_wrong_entry_stays_and_a_draft_waits_while_others_vote() -> None:
    kit = kit_for("points")
    async with joining(kit) as joined:
        await joined.come_in("CFO")
        await joined.shows("Your ballot is not in yet")
        await joined.press("enter")
        await joined.at("OwnBallot")
        await joined.write("1 39\r")
        assert "38" in str(joined.pilot.app.screen.query_one("#dialog-error").render())
        kit.session.do(SealBallot(round=1, voice="coo", points={"P01": 9}))
        await joined.shows("1 of 2")
        await joined.press("escape", "enter")
        await joined.at("OwnBallot")
        assert joined.pilot.app.screen.query_one("#ballot").value == "1 39"  # type: ignore[attr-defined]
        kit.session.do(SetVotingTime(round=1, over=True))
        await joined.press("backspace", "5", "enter", "enter")
        await joined.shows("the time to vote is over")
        assert sealed(kit) == {"coo"}


async def test_the_screen_follows_the_facilitator_and_so_does_the_audience() -> None:
    kit = kit_for("points")
    async with joining(kit, watch=True) as joined:
        await joined.until(lambda: any(row.watch for row in kit.room.rows()))
        kit.room.admit_all()
        await joined.shows("● business", "◆ IT")
        assert "Your ballot" not in joined.text
        kit.session.do(*(SealBallot(round=1, voice=voice, points={"P02": 9}) for voice in ("coo", "cfo", "cio", "architect")))
        kit.session.do(RevealBallots(round=1))
        kit.room.follow(Following("reveal"))
        await joined.shows("The order of the room", "P02")
        kit.room.follow(Following("card", "P03"))
        await joined.shows("#3")
        kit.room.curtain(drawn=True)
        await joined.until(lambda: "#3" not in joined.text)


async def test_a_proposal_is_sent_and_its_answer_comes_back_and_free_moves_apply_at_once() -> None:
    kit = RoomKit()
    async with joining(kit) as joined:
        await joined.come_in("VP Sales")
        await joined.shows("VP Sales", "here")
        await joined.press("at")
        await joined.answer("Choose", "Returns")
        await joined.answer("Form", "1\tit pays back")
        await joined.shows("Your proposal Returns → 1, because it pays back: waits")
        kit.session.do(AnswerProposal(proposal=1, accept=True), SetFreeMode(people=("vp-sales",)))
        await joined.shows("accepted")
        assert kit.session.board == "P4 P1 P2 P3"
        await joined.press("at")
        await joined.answer("Choose", "Checkout")
        await joined.answer("Form", "1")
        await joined.until(lambda: kit.session.board == "P1 P4 P2 P3")
        kit.session.do(Undo(), SetFreeMode(people=()), Undo())
        await joined.shows("Your proposal Returns → 1, because it pays back: accepted, then undone")


async def test_it_estimates_the_effort_of_any_team_and_a_sponsor_words_the_benefit() -> None:
    kit = RoomKit()
    async with joining(kit) as joined:
        await joined.come_in("CIO")
        await joined.shows("CIO", "here")
        await joined.press("E")
        for dialog, text in (("Choose", "Returns"), ("Choose", "Mobile"), ("Ask", "2.5")):
            await joined.answer(dialog, text)
        await joined.until(lambda: [(work.team, work.effort) for work in kit.session.session.cards["P4"].work] == [("WEB", 40), ("MOB", 25)])
    async with joining(kit) as joined:
        await joined.come_in("VP Sales")
        await joined.shows("VP Sales", "here")
        await joined.press("e")
        for dialog, text in (("Choose", "Returns"), ("Ask", "half as many calls")):
            await joined.answer(dialog, text)
        await joined.until(lambda: kit.session.session.cards["P4"].benefit.text == "half as many calls")


async def test_a_pasted_link_needs_nobody_and_takes_the_seat_over() -> None:
    kit = kit_for("points")
    token = kit.room.link("cfo")
    async with joining(kit) as joined:
        await joined.at("Who")
        joined.pilot.app.screen.query_one("#typed").value = f"{joined.server.url}/#{token}"  # type: ignore[attr-defined]
        await joined.press("enter")
        await joined.shows("CFO", "Your ballot is not in yet")
        kit.room.reissue("cfo")
        await joined.at("Who")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.168.1.20:9000", "http://192.168.1.20:9000"),
        (" room.local ", "http://room.local:8420"),
        ("https://x.trycloudflare.com/", "https://x.trycloudflare.com"),
        ("http://[::1]:8420/watch", "http://[::1]:8420"),
    ],
)
def test_an_address_is_read_as_it_is_typed(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.promise("room-R26")
def test_a_secret_is_pasted_at_the_prompt_and_never_an_argument() -> None:
    with pytest.raises(AddressError, match="paste the link"):
        address_of("http://10.0.0.1:8420/#abcdef")
    assert link_of("http://10.0.0.1:8420/#abcdef") == ("http://10.0.0.1:8420", "abcdef")
    for wrong in ("", "two words", "ftp://x", "http://:99999999", "#", "10.0.0.1#a b"):
        with pytest.raises(AddressError):
            link_of(wrong) if "#" in wrong else address_of(wrong)


async def test_what_is_no_room_is_said_in_one_sentence(tmp_path: Path) -> None:
    server = RoomServer(kit_for("points").room, port=0, tls=certified(tmp_path))
    await server.start()
    for address, words_said in ((f"http://127.0.0.1:{free_port()}", "No one answers"), (server.url, "does not trust the certificate")):
        async with Link(address, lambda _: None, lambda _: None) as link:
            with pytest.raises(RefusedError, match=words_said):
                await link.seats()
    await server.stop()


async def test_an_error_in_a_callback_ends_it_as_any_other_error() -> None:
    async def fail() -> None:
        async with joining(RoomKit().open()) as joined:
            asyncio.get_running_loop().call_soon(lambda: 1 / 0)
            await joined.pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await fail()
