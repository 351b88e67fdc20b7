"""What concerns the room and not one card: phases, the timer, people, ballots, questions, actions, the summary, the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from sessions.deciding.words import COMES_BACK
from sessions.handling.dispatch import preview, refusal
from sessions.state.timer import PHASE_NAMES
from sessions.wording import day_name, plural
from tui.board.card_actions import CardActions
from tui.board.view import BOARD
from tui.environment import resume_command

if TYPE_CHECKING:
    from sessions.commands.cards import AgreeAction

GONE = "The session is gone from its place; Y saves a copy."


class MeetingActions(CardActions):
    """The part of the session screen that leads the meeting."""

    def action_more_time(self) -> None:
        """Add two minutes to the phase."""
        from sessions.commands.phases import AddTime

        self.do(AddTime(seconds=120))

    def action_timer(self) -> None:
        """Start or stop the timer."""
        from sessions.commands.phases import StartTimer, StopTimer

        self.do(StartTimer() if self.session.timer.since is None else StopTimer())

    @work
    async def action_minutes(self) -> None:
        """Change how long the phases last."""
        from tui.board.minutes import ask_minutes

        command = await ask_minutes(self.app, self.session)
        if command is not None and self.do(command):
            self.show_status(f"The meeting lasts {sum(self.session.planned(phase) for phase in self.session.phases) // 60} minutes")

    def action_people(self) -> None:
        """Show the people of the session."""
        self.quarterdeck.go.people(self.live, read_only=self.read_only)

    def action_objectives(self) -> None:
        """Show the objectives of the session."""
        self.quarterdeck.go.objectives(self.live, read_only=self.read_only)

    def action_changed(self) -> None:
        """Show what changed since the session before."""
        if self.session.past is None:
            self.quarterdeck.toast("This session follows no other session: there is nothing to compare it with.")
        else:
            self.quarterdeck.go.changed(self.live, read_only=self.read_only)

    def action_pulse(self) -> None:
        """Show the two questions."""
        self.quarterdeck.go.pulse(self.live, read_only=self.read_only)

    def action_partnership(self) -> None:
        """Show how both sides see their partnership."""
        self.quarterdeck.go.partnership(self.live, read_only=self.read_only)

    def action_look_back(self) -> None:
        """Show what became of the decisions of the session before."""
        if self.session.past is None:
            self.quarterdeck.toast("This is the first session of its series: there is nothing to look back on.")
        else:
            self.quarterdeck.go.look_back(self.live, read_only=self.read_only)

    def action_ballots(self) -> None:
        """Show who has voted."""
        self.quarterdeck.go.ballot(self.live, read_only=self.read_only)

    def action_reveal(self) -> None:
        """Reveal the open ballot, which asks, or show the latest reveal."""
        round_ = self.session.round
        if round_ is None:
            self.quarterdeck.toast("No ballot was held yet: v opens one.")
        elif round_.revealed is None:
            self.quarterdeck.go.ballot(self.live, reveal=True, read_only=self.read_only)
        else:
            self.quarterdeck.go.reveal(self.live, read_only=self.read_only)

    @work
    async def action_park(self) -> None:
        """Park a question for another day."""
        from sessions.commands.cards import ParkQuestion
        from tui.dialogs.ask import Ask

        card = self.in_sight
        about = card.title if card else ""
        text = await self.app.push_screen_wait(Ask("Park a question", about=about, placeholder="the question, for another day"))
        if text and self.do(ParkQuestion(text=text, card=card.id if card else "")):
            self.show_status(f"Parked: {text}")

    @work
    async def action_agree(self) -> None:
        """Agree an action: what, who, by when."""
        from sessions.commands.cards import AgreeAction
        from tui.dialogs.form import Field, Form

        card = self.in_sight
        fields = [
            Field("what", "What", "", "what is to be done"),
            Field("who", "Who", "", "a role", tuple(person.role for person in self.session.people.values())),
            Field("by_when", "By", self.session.next_session, "2026-09-29"),
        ]

        def action(answer: Mapping[str, str]) -> AgreeAction:
            return AgreeAction(**answer, card=card.id if card and card.id in self.session.cards else "")

        def wrong(answer: Mapping[str, str]) -> str:
            reason = refusal(self.session, action(answer))
            if reason:
                form.go_to(next((name for name in ("what", "who") if not answer[name]), "by_when"))
            return str(reason or "")

        form = Form("Agree an action", fields, about=card.title if card else "", check=wrong)
        answer = await self.app.push_screen_wait(form)
        if answer and self.do(action(answer)):
            self.show_status(f"Agreed: {answer['what']} ({answer['who']}, {answer['by_when']})")

    @work
    async def action_set_next_session(self) -> None:
        """Name the day on which the room meets next."""
        from sessions.commands.agreements import SetNextSession
        from tui.dialogs.ask import Ask

        example = date.fromisoformat(self.session.opened_at[:10]) + timedelta(weeks=13)

        def wrong(typed: str) -> str:
            return str(refusal(self.session, SetNextSession(day=typed)) or "")

        back = sum(each.word in COMES_BACK and not each.until for each in self.session.decisions.values())
        again = f" {plural(back, 'project is', 'projects are')} looked at again then." if back else ""
        ask = Ask("When do we meet next?", about=f"A date, such as {example}.{again}", value=self.session.next_session, check=wrong)
        day = await self.app.push_screen_wait(ask)
        if day and self.do(SetNextSession(day=day)):
            self.show_status(f"Next session: {day_name(self.session.next_session)}")

    @work
    async def action_save_copy(self) -> None:
        """Save a copy of the session elsewhere: above all when this disk can no longer be written."""
        from tui.dialogs.ask import Ask
        from tui.paths import path_meant

        answer = await self.app.push_screen_wait(
            Ask("Save a copy of the session", about="A folder, or a name that is not taken yet.", value="~/", limit=1000)
        )
        if not answer:
            return
        target, saved = str(path_meant(answer, Path.cwd())), list[str]()
        if self.quarterdeck.attempt(lambda: saved.append(self.quarterdeck.library.save_copy(self.opened, target).location)):
            self.copied = self.session.seq
            self.show_status()
            ballots = " The copy does not hold the sealed ballots." if any(each.open for each in self.session.rounds) else ""
            self.quarterdeck.toast(f"Copied to {saved[0]}. Open that file with `quarterdeck open` to continue there.{ballots}")

    @work
    async def ask_about_lost_round(self) -> None:
        """Offer to cancel a round whose sealed ballots are not here, as in a copy."""
        from sessions.commands.rounds import DropRound
        from tui.dialogs.confirm import Confirm

        lines = ["Its sealed ballots are not in a copy of the session.", "Cancel the round, or go back and collect the ballots again."]
        if await self.app.push_screen_wait(Confirm("The open round cannot be revealed", lines, yes="cancels the round", key="c")):
            self.do(DropRound(round=self.opened.lost_round, reason="The sealed ballots are not in this copy."))

    @work
    async def action_close_session(self) -> None:
        """Close the session, saying what is still open, and show its page; what was not settled needs a reason, which is recorded."""
        from sessions.commands.phases import CloseSession, closing_obstacles
        from tui.board.closing import closing_lines, reason_about
        from tui.dialogs.ask import Ask
        from tui.dialogs.confirm import Confirm

        if not self.writable:
            self.show_summary()
            return
        anyhow = CloseSession(leave_undecided=True, override="…")
        if not self.quarterdeck.attempt(lambda: preview(self.session, anyhow)):
            return
        obstacles = closing_obstacles(self.session)
        yes = "asks for the reason, then closes" if obstacles else "closes it"
        lines = closing_lines(self.session, self.size.height, self.live.results.latest(self.session))
        confirm = Confirm("Close the session?", lines, yes=yes, again="Z")
        if not await self.app.push_screen_wait(confirm):
            return
        reason: str | None = ""
        if obstacles:
            ask = Ask("Close all the same?", about=reason_about(obstacles), placeholder="why the session is closed now")
            reason = await self.app.push_screen_wait(ask)
        if reason is not None and self.do(CloseSession(leave_undecided=True, override=reason)):
            self.show_summary()

    def action_history(self) -> None:
        """Show what was done."""
        self.quarterdeck.go.history(self.live, read_only=self.read_only)

    def action_trend(self) -> None:
        """Show the trend over the quarters."""
        self.quarterdeck.attempt(lambda: self.quarterdeck.go.session_trend(self.live, read_only=self.read_only))

    def show_summary(self) -> None:
        """Show the summary as it will be written."""
        self.quarterdeck.go.summary(self.session)

    # --- leaving

    @work
    async def leave(self) -> None:
        """Go back to the screen that opened the session; a live session asks first."""
        if self.carry:
            self.put_back()
        elif self.view != BOARD:
            self.show_view(BOARD)
        elif not self.clear_marks() and await self._sure("Leave the session?", "leaves"):
            self.quarterdeck.let_go(self.opened)
            if len(self.app.screen_stack) > 1:
                self.dismiss()
            else:
                self.app.exit()

    @work
    async def quit(self) -> None:
        """Quit; a live session asks first."""
        if await self._sure("Quit Quarterdeck?", "quits"):
            self.app.exit()

    async def _sure(self, question: str, yes: str) -> bool:
        from tui.dialogs.confirm import Confirm

        session = self.session
        if self.is_lost():
            self.show_saved()
            self.show_status()
            lost = Confirm(question, [f"{GONE} Leave without one?"], yes=f"{yes} without a copy", key="x")
            answer = await self.app.push_screen_wait(lost)
            return bool(answer)
        if not self.writable:
            return True
        if resume_command(Path(self.opened.ref.location).parent):
            lines = [
                f"Everything up to action {session.seq} is saved; the session stays in the phase {PHASE_NAMES[session.phase]}.",
                f"Open it again with: quarterdeck open {session.id}",
            ]
        else:
            lines = ["This demo is thrown away. Y saves a copy of it."]
        answer = await self.app.push_screen_wait(Confirm(question, lines, yes=yes))
        return bool(answer)
