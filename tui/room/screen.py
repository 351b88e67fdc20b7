"""People join: the square to scan, who is here, and who asks to be let in."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from sessions.commands.proposed_moves import SetFreeMode
from sessions.guide.step import Step
from sessions.room.http.hosts import is_public_url
from sessions.room.reception import SeatRow
from sessions.wording import side_name
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm
from tui.host.actions import bindings
from tui.host.calm import Calm
from tui.host.key_bar import KeyBar
from tui.host.live_screen import LiveScreen
from tui.host.navigation import Spot
from tui.room.hosting import OpenRoom, network_name
from tui.room.panel import Joining, joining_picture
from tui.widgets.lines import Lines

_ASKED = {"admit": 1, "turn_away": 1, "admit_all": 1, "turn_all_away": 2}
"""The keys for those who ask, and for how many at least."""


_NAMED = 8
"""How many of those who ask a question names."""


class JoinScreen(LiveScreen[None]):
    """How people join the room of a session."""

    PLACES: ClassVar[tuple[str, ...]] = ("join",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    SPOT = Spot("room")
    CSS = """
    #joining { height: 1fr; margin: 0 1; }
    """

    def __init__(self, shared: OpenRoom, *, read_only: bool = False) -> None:
        super().__init__(shared.opened.live, read_only=read_only)
        self.shared = shared
        self._panel = Lines(id="joining")
        self._key_bar = KeyBar()
        self._stop_watching: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Lay out the header, the panel, and the keys."""
        yield self.top_bar
        yield self._panel
        yield self._key_bar

    def on_mount(self) -> None:
        """Draw again whenever someone comes or asks."""
        self._stop_watching = self.shared.room.watch(Calm(self, self._draw).soon)

    def on_unmount(self) -> None:
        """Stop listening to the room."""
        self._stop_watching()

    def tick(self) -> None:
        """Draw what changes with time alone."""
        super().tick()
        self._draw()

    @property
    def notice(self) -> str:
        """Return nothing: who asks is in the panel."""
        return ""

    @property
    def step(self) -> Step:
        """Return what the room does next, and until then how to join."""
        step = super().step
        return step._replace(sentence="Point your phone at the square and tap your role") if self.shared.link else step

    def show_top(self) -> None:
        """Show the lines at the top, and with them an address that has changed."""
        super().show_top()
        self._draw()

    def _draw(self) -> None:
        width, height = self._panel.content_size
        if width > 0 and height > 0:
            self._panel.show_lines(joining_picture(self.session, self.joining, width, height))
            self._key_bar.follow()

    @property
    def joining(self) -> Joining:
        """Return what the panel shows."""
        shared, room = self.shared, self.shared.room
        rows, seated = room.rows(), shared.seated
        names = {row.seat: _name(row) for row in rows if row.state == "asking"}
        return Joining(
            link=shared.link,
            address=shared.address or shared.here,
            network=shared.network,
            networks=tuple(network_name(each) for each in shared.networks),
            devices={row.person: "away" if row.away else "joined" for row in rows if row.state == "in" and row.person in seated},
            asking=tuple(names.values()),
            twice=any(row.number for row in rows),
            notes=shared.notes,
            problem=shared.problem,
            locked=room.locked,
            watching=sum(row.watch and row.state == "in" and not row.away for row in rows),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer an answer to those who ask, and the link once there is one."""
        if action in _ASKED:
            return len(self.shared.asking) >= _ASKED[action]
        return action != "copy_link" or bool(self.shared.link)

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do something in the room; show why it was refused."""
        done = self.quarterdeck.attempt(act)
        self._draw()
        return done

    # --- keys

    def action_admit(self) -> None:
        """Let in the first person who asks."""
        if asking := self.shared.asking:
            self._attempt(lambda: self.shared.room.admit(asking[0][0]))

    def action_admit_all(self) -> None:
        """Let in all who ask."""
        self._attempt(self.shared.room.admit_all)

    def action_turn_away(self) -> None:
        """Turn away the first person who asks."""
        if asking := self.shared.asking:
            self._attempt(lambda: self.shared.room.turn_away(asking[0][0]))

    @work
    async def action_turn_all_away(self) -> None:
        """Turn away all who ask, if that is what is meant."""
        roles = [_name(row) for row in self.shared.room.rows() if row.state == "asking"]
        lines = [*roles[:_NAMED], *([f"and {len(roles) - _NAMED} more"] if len(roles) > _NAMED else []), "They can ask again. e locks the room."]
        if await self.app.push_screen_wait(Confirm(f"Turn away all {len(roles)} who ask?", lines, yes="turns them away", again="W")):
            self._attempt(self.shared.room.turn_all_away)

    @work
    async def action_network(self) -> None:
        """Listen on the next network."""
        await self.shared.next_network()

    def action_copy_link(self) -> None:
        """Copy the link to the clipboard of this terminal."""
        self.app.copy_to_clipboard(self.shared.link)
        self.quarterdeck.toast(f"Copied: {self.shared.link}")

    def action_people(self) -> None:
        """Show the people of the session."""
        self.quarterdeck.go.people(self.live, read_only=self.read_only)

    def action_invite(self) -> None:
        """Go back: the key that opens the panel also closes it."""
        self.dismiss()

    @work
    async def action_change(self) -> None:
        """Change something about the room."""
        room = self.shared.room
        ways: dict[str, tuple[str, Callable[[], object]]] = {
            "free": ("Who may move cards without asking", self.action_free_mode),
            "seat": ("Give someone a new link: the old one ends", self.action_reissue),
            "out": ("Send someone out", self.action_remove),
            "lock": ("Unlock the room" if room.locked else "Lock the room: no one else can ask", self._lock),
            "public": ("A public address, for people in a video call", self.action_public_address),
            "end": ("End the room: every link ends, and nothing listens any more", self._end),
        }
        choices = [Choice(name, text) for name, (text, _) in ways.items()]
        answer = await self.app.push_screen_wait(Choose("The room", choices))
        if answer:
            ways[answer][1]()

    def _lock(self) -> None:
        self._attempt(lambda: self.shared.room.lock(not self.shared.room.locked))

    def _end(self) -> None:
        """End the room; `I` opens a new one. Sealed ballots stay."""
        if self._attempt(self.shared.end):
            self.quarterdeck.shared = None
            self.dismiss()

    @work
    async def action_free_mode(self) -> None:
        """Choose whose moves apply without a question; each choice changes one person."""
        chosen: str | None = ""
        while chosen is not None:
            free = set(self.session.free_movers)
            people = [each for each in self.session.people.values() if each.id != self.session.facilitator]
            choices = [Choice(each.id, each.role, "moves cards" if each.id in free else "proposes") for each in people]
            chosen = await self.app.push_screen_wait(Choose("Who may move cards without asking?", choices, chosen=chosen))
            if chosen and not self.do(SetFreeMode(people=tuple(free ^ {chosen}))):
                return

    @work
    async def action_reissue(self) -> None:
        """Issue a new link to a person."""
        people = [Choice(each.id, each.role) for each in self.session.people.values() if each.id != self.session.facilitator]
        person = await self.app.push_screen_wait(Choose("Whose link ends, and who gets a new one?", people))
        links: list[str] = []
        if person and self._attempt(lambda: links.append(self.shared.personal_link(person))):
            self.app.copy_to_clipboard(links[0])
            self.quarterdeck.toast(f"The new link of {self.session.role(person)} is copied: send it to them alone.")

    @work
    async def action_remove(self) -> None:
        """Send someone out."""
        seats = [row for row in self.shared.room.rows() if row.state == "in"]
        if not seats:
            self.quarterdeck.toast("No one has joined yet.")
            return
        choices = [Choice(row.seat, row.role, "away" if row.away else "") for row in seats]
        seat = await self.app.push_screen_wait(Choose("Who is sent out? Their votes stay.", choices))
        if seat:
            self._attempt(lambda: self.shared.room.remove(seat))

    @work
    async def action_public_address(self) -> None:
        """Take the address of a tunnel that leads here."""
        about = f"Start a tunnel to {self.shared.here}, then type its address. Empty: none."
        ask = Ask("A public address", about=about, value=self.shared.public, placeholder="https://…", optional=True, check=_wrong_address)
        url = await self.app.push_screen_wait(ask)
        if url is not None:
            await self.shared.set_public_url(url)


def _name(row: SeatRow) -> str:
    """Return the name of a person who asks, with what the facilitator must know about it."""
    if row.number:
        return f"{row.role} (number {row.number})"
    return f"{row.role} ({side_name(row.side)}, new)" if not row.person and row.side else row.role


def _wrong_address(typed: str) -> str:
    """Return what is wrong with a public address, or nothing."""
    return "" if not typed or is_public_url(typed) else "Write the whole address of the tunnel, as https://example.org."
