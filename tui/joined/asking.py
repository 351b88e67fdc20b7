"""Coming in: a role from the list, a typed one, or a pasted link."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.screen import Screen
from textual.widgets import Input

from sessions.wording import side_name
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.joined.address import AddressError, link_of
from tui.joined.link import Link, RefusedError, State
from tui.text import plain

_OTHER, _OBSERVE = "+", "-"


class Who(Choose):
    """A list of roles, in whose line a link can be pasted too."""

    @on(Input.Submitted, "#typed")
    def take_link(self, event: Input.Submitted) -> None:
        """Take a pasted link."""
        if "#" in event.value:
            self.dismiss(event.value)


async def ask_who(screen: Screen[Any], link: Link, *, watch: bool) -> State | None:
    """Ask who comes in, and ask the room for that seat. Return its first state, or None if no one wants one any more."""
    wrong = ""
    while True:
        try:
            seats = await link.seats()
        except RefusedError as error:
            await screen.app.push_screen_wait(Sorry(str(error)))
            return None
        request: dict[str, object] | str | None = {"watch": True} if watch and not wrong else await _request(screen, seats, wrong)
        if request is None:
            return None
        try:
            if isinstance(request, str):
                link.base, link.token = link_of(request)
                return await link.now()
            return await link.join(request)
        except (RefusedError, AddressError) as error:
            wrong, link.token = str(error), ""
            if watch:
                await screen.app.push_screen_wait(Sorry(wrong))
                return None


async def _request(screen: Screen[Any], seats: State, wrong: str) -> dict[str, object] | str | None:
    """Ask for a role; return what to ask of the room, or a pasted link. Escape leaves."""
    title = plain(" · ".join(filter(None, (seats["title"], seats["quarter"]))))
    if seats["locked"]:
        wrong = wrong or "The room is locked: paste the link of your seat, or ask the facilitator."
    people = [Choice(each["id"], plain(each["role"]), side_name(each["side"]) + ("" if each["free"] else " · is here")) for each in seats["people"]]
    other = Choice(_OTHER, "Someone else…", "type your role") if people else Choice(_OTHER, "Type your role…")
    about = f"{title}: who are you?" + (f"\n{plain(wrong)}" if wrong else "")
    answer = await screen.app.push_screen_wait(Who(about, [*people, other], placeholder="type some letters, or paste the link of your seat"))
    if answer is None or "#" in answer:
        return answer
    if answer != _OTHER:
        return {"person": answer}
    role = await screen.app.push_screen_wait(Ask("Your role", placeholder="as VP Sales", limit=40))
    if not role:
        return await _request(screen, seats, "")
    sides = [*(Choice(side, side_name(side)) for side in seats["sides"]), Choice(_OBSERVE, "neither", "looks on, without a vote")]
    side = await screen.app.push_screen_wait(Choose(f"{plain(role)}: of which side?", sides))
    return {"role": role, "side": "" if side == _OBSERVE else side} if side else await _request(screen, seats, "")


class Sorry(Choose):
    """Why there is no way in."""

    def __init__(self, why: str) -> None:
        super().__init__(plain(why), [Choice("leave", "Leave")], placeholder="enter leaves")
