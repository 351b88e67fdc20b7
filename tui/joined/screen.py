"""A participant's screen: it follows the room, and opens the participant's own ballot, proposals and figures."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from sessions.wording import file_stem
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.form import Field, Form
from tui.host.actions import bindings, bindings_of
from tui.host.key_bar import KeyBar
from tui.joined.asking import ask_who
from tui.joined.ballot import OwnBallot, chosen, longest, opened_from
from tui.joined.link import Link, RefusedError, State, Status
from tui.joined.picture import picture, standing
from tui.stages.picture import Row
from tui.text import fit, length, plain
from tui.widgets.lines import Lines

_MARGIN = 2
_LOST = {"connected": "", "catching up": "catching up…", "not connected": "not connected: trying again", "elsewhere": "used elsewhere"}


class JoinedScreen(Screen[None]):
    """What the room does now, as the seat may see it."""

    PLACES: ClassVar[tuple[str, ...]] = ("joined",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*PLACES), *bindings_of("everywhere.summary")]
    CSS = """
    JoinedScreen { background: $background; }
    #joined-top { height: 1; padding: 0 2; background: $panel; }
    #joined { height: 1fr; margin: 1 2 0 2; }
    """

    def __init__(self, base: str, *, watch: bool = False) -> None:
        super().__init__()
        self._base = base
        self._watch = watch
        self._link: Link | None = None
        self._state: State | None = None
        self._came = 0.0
        self._drafts: dict[tuple[int, str], tuple[str, str]] = {}

    def compose(self) -> ComposeResult:
        """Lay out who this is, the picture, and the keys."""
        yield Lines(id="joined-top")
        yield Lines(id="joined")
        yield KeyBar()

    def on_mount(self) -> None:
        """Connect, and draw the clock every second."""
        self._link = Link(self._base, self._hear, self._changed)
        self.set_interval(1, self._draw)
        self._come_in()

    async def on_unmount(self) -> None:
        """Leave the room; the seat stays."""
        if self._link:
            await self._link.close()

    def on_resize(self) -> None:
        """Draw what fits the new size."""
        self._draw()

    # --- coming in

    @property
    def link(self) -> Link:
        """Return the connection."""
        assert self._link is not None
        return self._link

    @work
    async def _come_in(self) -> None:
        state = await ask_who(self, self.link, watch=self._watch)
        if state is None:
            self.app.exit()
            return
        self._hear(state)
        self.link.start()

    def _hear(self, state: State) -> None:
        self._state, self._came = state, monotonic()
        self._draw()

    def _changed(self, status: Status) -> None:
        if status == "gone":
            self._state = None
            self.app.notify("The facilitator closed this seat. Ask again, or leave with esc.", markup=False)
            self.link.token = ""
            self._come_in()
        self._draw()

    # --- drawing

    def _draw(self) -> None:
        width, height = self.size.width - 2 * _MARGIN, self.size.height - 3
        if width <= 0 or height <= 0 or not self.query("#joined-top"):
            return  # not laid out yet, or gone: an answer may come while the app ends
        state = self._state
        self.query_one("#joined-top", Lines).show_lines([self._top(width)])
        below = standing(state, width) if state else []
        drawn = picture(state, monotonic() - self._came, width, height - len(below) - bool(below)) if state else []
        self.query_one("#joined", Lines).show_lines([*drawn, *([()] if below else []), *below])
        self.query_one(KeyBar).follow()

    def _top(self, width: int) -> Row:
        state, status = self._state, self.link.status if self._link else "catching up"
        if state is None:
            return ((fit(f"Quarterdeck · {self._base}", width), "bold"),)
        you = state["you"]
        who = _LOST.get(status) or ("Audience" if you["watch"] else str(you["role"]))
        right = fit(who, min(length(who), width // 2))
        left = fit(" · ".join(filter(None, (state["title"], state["quarter"]))), max(0, width - length(right)))
        return ((left, "bold"), (right, "$warning" if _LOST.get(status) else "bold $accent"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the seat may do now."""
        state = self._state
        may = state["you"].get("may", {}) if state and state["you"]["state"] == "in" else {}
        match action:
            case "vote":
                return bool(self._elsewhere or (may and self._voices()))
            case "propose":
                return bool(may.get("propose") or may.get("move"))
            case "benefit" | "effort":
                return bool(may.get(action))
            case "summary":
                return bool(may and state and state["now"]["kind"] == "closed")
            case "curtain" | "spotlight":
                return False
        return True

    @property
    def _elsewhere(self) -> bool:
        return self._link is not None and self._link.status == "elsewhere"

    def _voices(self) -> list[State]:
        state = self._state
        if not state or state["now"]["kind"] != "vote" or not state.get("round") or state["round"]["over"]:
            return []
        return list(state["you"]["voices"])

    # --- acting

    @work(exclusive=True)
    async def action_vote(self) -> None:
        """Fill in a ballot, or take the seat back from another device."""
        if self._elsewhere:
            self.link.start()
            return
        voices = self._voices()
        ballot = voices[0] if len(voices) == 1 else await self._which(voices) if voices else None
        if ballot is None or self._state is None:
            return
        shown = self._state["round"]
        cards = await self._cards(shown["listv"])
        if cards is None:
            return
        opened, titles = opened_from(shown, cards), {card["id"]: card["title"] for card in cards}
        title = f"The ballot for {ballot['role']}, whose proxy you are" if ballot["proxy"] else "Your ballot"
        key = (opened.round, ballot["id"])

        def keep(typed: str, why: str) -> None:
            self._drafts[key] = typed, why

        choice = await self.app.push_screen_wait(OwnBallot(opened, titles, plain(title), self._drafts.get(key, ("", "")), keep))
        if choice is None:
            return
        reason = {"reason": choice.reason, "reason_card": choice.reason_card} if choice.reason else {}
        what = {"kind": "vote", "voice": ballot["id"], "choice": chosen(choice), **reason}
        await self._act(what, number=opened.round, size=longest(opened))

    async def _which(self, voices: list[State]) -> State | None:
        options = [Choice(each["id"], plain(each["role"]), "as proxy" if each["proxy"] else "you") for each in voices]
        unvoted = next((each["id"] for each in voices if not each["voted"]), "")
        answer = await self.app.push_screen_wait(Choose("Whose ballot?", options, chosen=unvoted))
        return next((each for each in voices if each["id"] == answer), None)

    @work(exclusive=True)
    async def action_summary(self) -> None:
        """Save the page of the closed session in the terminal's folder."""
        if self._state is None:
            return
        try:
            page = await self.link.page()
            path = _written(file_stem(self._state["title"], 40, "session"), page)
        except RefusedError as error:
            self.app.notify(plain(str(error)), severity="warning", markup=False)
        except OSError as error:
            self.app.notify(f"Not saved: {error.strerror or error}.", severity="warning", markup=False)
        else:
            self.app.notify(f"Saved as {plain(str(path))}.", markup=False, timeout=10)

    @work(exclusive=True)
    async def action_propose(self) -> None:
        """Propose another rank for a card, or move it where moves are free."""
        card = await self._choose_card("Which card should move?", "")
        if card is None or self._state is None:
            return
        free = self._state["you"]["may"]["move"]
        fields = [Field("rank", "To rank", "", "its new rank, as 2")]
        fields += [] if free else [Field("reason", "Because", "", "one line, if you like", limit=200)]
        answer = await self.app.push_screen_wait(Form(f"#{card['number']} {plain(card['title'])}", fields, check=_wrong_rank))
        if answer:
            kind = {"kind": "move"} if free else {"kind": "propose", "reason": answer["reason"]}
            await self._act({**kind, "card": card["id"], "rank": int(answer["rank"])})

    @work(exclusive=True)
    async def action_benefit(self) -> None:
        """Reword the benefit of one's own card."""
        card = await self._choose_card("The benefit of which of your cards?", "benefit")
        if card is None:
            return
        text = await self.app.push_screen_wait(Ask(f"The benefit of {plain(card['title'])}", value=card["benefit"], limit=400))
        if text:
            await self._act({"kind": "benefit", "card": card["id"], "text": text})

    @work(exclusive=True)
    async def action_effort(self) -> None:
        """Change the estimate of a team's effort on a card."""
        card = await self._choose_card("The effort of which card?", "work")
        if card is None:
            return
        team, known = await self._which_team(card)
        if team is None:
            return
        about, value = f"{plain(card['title'])}, in person-weeks", f"{known / 10:g}" if known else ""
        typed = await self.app.push_screen_wait(Ask(f"The effort of {plain(team['name'])}", about=about, value=value, check=_wrong_effort))
        if typed and (tenths := round(float(typed.replace(",", ".")) * 10)) != known:
            await self._act({"kind": "effort", "card": card["id"], "team": team["team"], "tenths": tenths})

    async def _which_team(self, card: State) -> tuple[State | None, int]:
        """Return a team that is chosen, those with work on the card first, and the tenths of a person-week that it has there."""
        known = {each["team"]: each["tenths"] for each in card["effort"]}
        teams = sorted((await self.link.list(self._state["listv"]))["teams"] if self._state else [], key=lambda each: each["team"] not in known)
        aside = {team: f"{tenths / 10:g} person-weeks" for team, tenths in known.items()}
        options = [Choice(each["team"], plain(each["name"]), aside.get(each["team"], "")) for each in teams]
        answer = await self.app.push_screen_wait(Choose("The effort of which team?", options))
        return next((each for each in teams if each["team"] == answer), None), known.get(answer or "", 0)

    async def _choose_card(self, title: str, may: str) -> State | None:
        cards = await self._cards(self._state["listv"]) if self._state else None
        if cards is None:
            return None
        offered = [card for card in cards if not may or may in card["may"]]
        options = [Choice(card["id"], f"{card['number']:>3}  {plain(card['title'])}") for card in offered]
        answer = await self.app.push_screen_wait(Choose(title, options))
        return next((card for card in offered if card["id"] == answer), None)

    async def _cards(self, version: str) -> list[State] | None:
        try:
            return await self.link.cards(version)
        except RefusedError as error:
            self.app.notify(plain(str(error)), severity="warning", markup=False)
            return None

    async def _act(self, what: State, *, number: int | None = None, size: int = 0) -> None:
        try:
            await self.link.act(what, number=number, size=size)
        except RefusedError as error:
            self.app.notify(plain(str(error)), severity="warning", markup=False, timeout=10)


def _written(name: str, page: str) -> Path:
    """Write a page to a new file, and return its path. Raises OSError."""
    for number in range(1, 100):
        path = Path(f"{name}.md" if number == 1 else f"{name}-{number}.md")
        with suppress(FileExistsError), path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(page)
            return path.resolve()
    raise FileExistsError(17, "there are too many pages of that name")


def _wrong_rank(answer: dict[str, str]) -> str:
    return "" if answer["rank"].isdecimal() and 1 <= int(answer["rank"]) <= 100_000 else "Type the rank as a number, such as 2."


def _wrong_effort(typed: str) -> str:
    try:
        figure = float(typed.replace(",", "."))
    except ValueError:
        figure = -1
    return "" if 0 <= figure <= 10_000 else "Type person-weeks as a number, such as 4 or 2.5."
