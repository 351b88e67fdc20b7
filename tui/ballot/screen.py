"""The ballot: voters enter their choices unseen, or hands or files are counted; then the round is revealed, or cancelled."""

from __future__ import annotations

from pathlib import Path

from textual import work

from sessions.ballots.collection import Incoming, ballots_in, seal_all
from sessions.commands.rounds import DropRound, RevealBallots, SealBallot, reveal_obstacles
from sessions.errors import QuarterdeckError
from sessions.live.ports import ReadableSession
from sessions.portfolio.models import Participant
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.rounds.words import round_title, titles_of, waited_for
from sessions.state.rounds import Round
from sessions.wording import plural
from tui.ballot.base import BallotBase
from tui.ballot.open_form import OpenBallot
from tui.ballot.secret_entry import SecretBallot
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm
from tui.dialogs.panel import CardView
from tui.paths import path_meant
from tui.voting import ballot_words as texts
from tui.voting.hands_asked import count_hands
from tui.widgets.listing import Listing


class BallotScreen(BallotBase):
    """The open round of a live session, of any method. With `reveal` it begins by asking for the reveal.

    After the reveal of an order the reveal's screen takes its place; after any other it is dismissed, because its caller shows the result.
    """

    def __init__(self, live: ReadableSession, *, reveal: bool = False, read_only: bool = False) -> None:
        super().__init__(live, read_only=read_only)
        self._reveal_first = reveal

    def on_mount(self) -> None:
        """Ask for the reveal if that was wanted."""
        if self._reveal_first and self.round and not self.read_only:
            self.action_reveal()

    def _over(self, round_: Round) -> None:
        """Go to the result: an order has a screen of its own, the caller shows any other."""
        if round_.opened.asks_order:
            self.quarterdeck.go.reveal(self.live, replace=True)
        else:
            self.dismiss()

    def action_missing(self) -> None:
        """Show who has not voted yet."""
        if self.round:
            self.app.push_screen(CardView(texts.missing(self.session, self.round)))

    # --- ballots going in

    @work
    async def action_other_ways(self) -> None:
        """Ask how to vote: unseen at this keyboard, from files, by raised hands."""
        ways = {"enter_ballot": "Unseen, at this keyboard (enter)", "from_file": "From files (f)", "hands": "By raised hands (h)"}
        choices = [Choice(name, text) for name, text in ways.items() if self.check_action(name, ())]
        answer = await self.app.push_screen_wait(Choose("Other ways to vote", choices, placeholder="keyboard, files or hands"))
        if answer:
            await self.run_action(answer)

    def action_next_ballot(self) -> None:
        """Enter the selected voter's ballot, or the next missing one if it is in."""
        listing, round_ = self.query_one(Listing), self.round
        if round_ is not None and listing.chosen in round_.seals:
            listing.choose(self.next_voice(round_, listing.chosen))
        self.action_enter_ballot()

    @work
    async def action_enter_ballot(self) -> None:
        """Enter the selected voter's ballot; without an open round, open one."""
        round_ = self.round
        if round_ is None:
            await self._open()
            return
        voter = self.session.people.get(self.query_one(Listing).chosen)
        if voter is None:
            return
        proxy = self.session.proxies.get(voter.id, "") if self.session.presence.get(voter.id) == "proxy" else ""
        titles = titles_of(self.session, round_)
        by = self.session.role(proxy) if proxy else ""
        dialog = SecretBallot(round_.opened, voter.id, voter.role, titles, entered_by=by, voted=voter.id in round_.seals)
        command = await self.app.push_screen_wait(dialog)
        if command is not None:
            self._seal(command, voter)

    def _seal(self, command: SealBallot, voter: Participant) -> None:
        def seal() -> None:
            try:
                self.live.perform(command)
            except BallotRefusedError as error:
                self._show_news(str(error))  # its detail, which may repeat a choice, is not for a shared screen
            else:
                self._show_news(f"{voter.role} has voted.")
                if self.round is not None:
                    self.query_one(Listing).choose(self.next_voice(self.round, voter.id))

        if not self.quarterdeck.attempt(seal):
            self._show_news("")

    async def _open(self) -> None:
        if not self.session.voters() or not self.session.order:
            return
        progress = self.quarterdeck.progress(self.live)
        command = await self.app.push_screen_wait(OpenBallot(self.session, marked=progress.marked, shown=progress.shown))
        if command is not None and self.do(command):
            self._show_news("")

    @work
    async def action_from_file(self) -> None:
        """Take ballots from a file: list its errors before anything is sealed, one per line, without a choice."""
        about = "CSV (one row per voter) or JSON; one file for everybody or one per voter. No vote is displayed."
        found: list[Incoming] = []

        def wrong(typed: str) -> str:
            found.clear()
            return self._read(typed, found)

        if not await self.app.push_screen_wait(Ask("Ballots from a file", about=about, placeholder="ballots.csv", limit=1000, check=wrong)):
            return
        if not found or not await self._agreed(found[0]):
            self._show_news("")
            return
        self.quarterdeck.attempt(lambda: self._show_news(seal_all(self.live, found[0])))

    def _read(self, typed: str, found: list[Incoming]) -> str:
        """Read the ballots of a file; return what is wrong with it, or nothing. The line stays as typed, to be corrected."""
        round_ = self.round
        if round_ is None:
            return ""
        try:
            found.append(ballots_in(path_meant(typed, Path()), self.session.voters(), round_.opened, round_.seals))
        except QuarterdeckError as error:
            return str(error)
        return ""

    async def _agreed(self, incoming: Incoming) -> bool:
        """Return whether to seal the ballots of a file; ask only if some of them were refused."""
        if not incoming.refused:
            return True
        left = plural(len(incoming.ballots), "ballot")
        yes = f"seals the {left} that can be" if incoming.ballots else "goes back"
        told = [each.sentence() for each in incoming.refused]
        lines = [f"{incoming.source}: {plural(len(incoming.refused), 'ballot')} refused, {left} can be sealed.", "", *told]
        answer = await self.app.push_screen_wait(Confirm("Ballots from a file", lines, yes=yes))
        return bool(answer)

    @work
    async def action_hands(self) -> None:
        """Count raised hands."""
        round_ = self.round
        if round_ is None:
            return
        if round_.seals:
            count = len(round_.seals)
            are = "ballot is" if count == 1 else "ballots are"
            self._show_news(f"{count} {are} already sealed: reveal them, or cancel the round and count hands instead.")
            return
        if await count_hands(self, None, lambda: None):
            self._over(round_)

    # --- the end of a round

    @work
    async def action_reveal(self) -> None:
        """Reveal the open round in two steps, or show the latest order that was revealed."""
        round_ = self.round
        if round_ is None:
            self.quarterdeck.go.reveal(self.live, read_only=self.read_only, replace=True)
            return
        if not round_.seals:
            self._show_news("No ballot is in yet: there is nothing to reveal.")
            return
        reason = await self._agreed_to_reveal(round_)
        if reason is None:
            return
        if self.do(RevealBallots(round=round_.opened.round, override=reason)):
            self._over(round_)

    async def _agreed_to_reveal(self, round_: Round) -> str | None:
        """Return the reason for revealing now, empty if all have voted; None if the room goes back.

        The reason is typed visibly, so a key that no ballot contains leads there: no one types a ballot there by mistake.
        """
        obstacles, waited = reveal_obstacles(self.session, round_), waited_for(self.session, round_)
        lines = texts.reveal_lines(self.session, round_, obstacles, names=not self.seated)
        if not obstacles and not (waited and round_.opened.asks_order):
            return "" if await self.app.push_screen_wait(Confirm("Reveal the ballots?", lines, yes="reveals", again="r")) else None
        early = Confirm("Reveal before all have voted?" if waited else "Reveal all the same?", lines, yes="asks why, then reveals", key="!")
        if not await self.app.push_screen_wait(early):
            return None
        about = "Not a ballot: everybody can read this line, and it is recorded."
        return await self.app.push_screen_wait(Ask("Why reveal the ballots now?", about=about, placeholder="why now"))

    @work
    async def action_drop(self) -> None:
        """Cancel the round."""
        round_ = self.round
        if round_ is None:
            return
        name = round_title(round_.opened)
        about = "Sealed votes are destroyed unread. This cannot be undone."
        reason = await self.app.push_screen_wait(Ask(f"Give this {name} up?", about=about, placeholder="why, in one sentence"))
        if not reason or not self.do(DropRound(round=round_.opened.round, reason=reason)):
            return
        self._show_news(f"The {name} was cancelled; its sealed votes are destroyed.")
        if not round_.opened.asks_order:
            self.quarterdeck.toast(f"The {name} was cancelled.")
            self.dismiss()
