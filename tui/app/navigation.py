"""Navigation between the features. Screens are imported when they open, so that the first frame waits only for the first screen."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from textual.screen import Screen
from textual.widget import Widget

from sessions.guide.step import Step
from sessions.library.library import Entry, OpenSession, SessionRef
from sessions.live.ports import ReadableSession
from sessions.record.codec import Recorded
from sessions.state.session import Session
from tui.app.answers import Answers
from tui.environment import SystemClock, temporary_library, writing_folder
from tui.host.host import host
from tui.host.shared import EXTRA


class Navigator(Answers):
    """Opens the screens of every feature on an app; implements `host.navigation.Navigation`."""

    def _show(self, screen: Screen[None], *, replace: bool = False, act: str = "") -> None:
        if replace and len(self._app.screen_stack) > 1:
            shown: Awaitable[object] = self._app.switch_screen(screen)
        else:
            # The app's own screen cannot be replaced: leaving the one above it leaves the app.
            shown = self._app.push_screen(screen, (lambda _: self._app.exit()) if replace else None)
        if act:

            async def begin() -> None:
                await shown
                await screen.run_action(act)

            screen.run_worker(begin())  # keys wait for work of the screen in front

    def stage(self, live: ReadableSession) -> Widget | None:
        """Return the stage of a session's phase, or None if it shows the board."""
        session = live.session
        if session.phase == "decide":
            from tui.decide.stage import DecideStage

            return DecideStage()
        from tui.stages.view import StageView, has_picture

        return StageView(session.phase) if has_picture(session, session.phase) else None

    def invite(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show how people join a session from their own devices; opens its room first."""
        app = host(self._app)
        opened = next((each for each in app.open_sessions if each.live is live), None)
        if app.shared is None and (read_only or opened is None):
            app.toast("The meeting is led in another window: people join there.", warning=True)
            return
        if app.shared is None and live.session.closed and live.followed:
            app.toast("This session is closed, and so is the next one: no one can join now.", warning=True)
            return
        try:
            from tui.room.hosting import OpenRoom
            from tui.room.screen import JoinScreen
        except ImportError:
            app.toast(EXTRA, warning=True)
            return
        if app.shared is None and opened:
            app.shared = OpenRoom(self._app, opened, app.room_options, SystemClock())
            self._app.run_worker(app.shared.start())
        if isinstance(app.shared, OpenRoom):
            self._show(JoinScreen(app.shared, read_only=read_only))

    def lead(self, step: Step) -> None:
        """Go back to the board, which takes a step of the meeting."""
        from tui.board.screen import SessionScreen

        board = next((each for each in self._app.screen_stack if isinstance(each, SessionScreen)), None)
        if board is not None:
            while self._app.screen is not board:
                self._app.screen.dismiss()
            board.lead(step)

    def board(self, opened: OpenSession, *, tip: str = "", replace: bool = False) -> None:
        """Show a session and hold it open; with `replace`, instead of the screen in front."""
        from tui.board.screen import SessionScreen

        host(self._app).keep_open(opened)
        self._show(SessionScreen(opened, tip=tip), replace=replace)

    def new_session(self, after: SessionRef | None = None) -> None:
        """Begin a session from a file, or after another one. Raises QuarterdeckError if that one cannot be followed."""
        from sessions.library.following import read_earlier
        from tui.library.new_session import NewSessionScreen

        followed = read_earlier(host(self._app).library, after) if after else None
        self._show(NewSessionScreen(None, after=followed))

    def demo(self) -> None:
        """Open the demo in a library of its own. Raises RecordError."""
        from sessions.sample.demo import TIP
        from tui.library.demo import make_demo

        library = temporary_library()
        self.board(library.open(make_demo(library)), tip=TIP)

    def replay(self, recordeds: Sequence[Recorded]) -> None:
        """Replay a session."""
        from tui.replay.screen import ReplayScreen

        self._show(ReplayScreen(recordeds))

    def history(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show what was done in a session."""
        from tui.history.screen import HistoryScreen

        self._show(HistoryScreen(live, read_only=read_only))

    def story(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        """Show the life of a card over the quarters of its series; not while the room votes, because it shows earlier ranks."""
        from tui.story.screen import StoryScreen

        if not self._waits_for_the_vote(live, "story"):
            self._show(StoryScreen(live, card, read_only=read_only))

    def _waits_for_the_vote(self, live: ReadableSession, what: str) -> bool:
        """Return whether the room is voting, which hides earlier ranks; if so, say it."""
        from sessions.quarters.again import hides_ranks

        waits = live.session.past is not None and hides_ranks(live.session)
        if waits:
            host(self._app).toast(f"The {what} tells earlier ranks: it opens after the vote.")
        return waits

    def trend(self, entry: Entry) -> None:
        """Show the trend of the series of a session of the library."""
        from sessions.library.trending import lost_sessions, stops, whole_series, with_values
        from tui.trend.screen import TrendScreen

        library = host(self._app).library
        entries = library.entries()
        series, lost = whole_series(entries, entry), lost_sessions(entries, entry)
        self._show(TrendScreen(stops(series), lambda enough: with_values(library, series, enough), lost))

    def session_trend(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show the trend up to an open session; not while the room votes."""
        from sessions.library.earlier import series_before
        from sessions.library.trending import stops, with_values
        from tui.trend.screen import SessionTrendScreen

        if self._waits_for_the_vote(live, "trend"):
            return
        opened = next((each for each in host(self._app).open_sessions if each.live is live), None)
        library = opened.library if opened else None
        if library is None:
            self._show(SessionTrendScreen(live, (), lambda _: (), read_only=read_only))
            return
        series = series_before(library, live.session)
        self._show(SessionTrendScreen(live, stops(series), lambda enough: with_values(library, series, enough), read_only=read_only))

    def summary(self, session: Session) -> None:
        """Show the summary of a session."""
        from tui.summary.screen import SummaryScreen

        self._show(SummaryScreen(session, writing_folder(session.folder)))

    def people(self, live: ReadableSession, *, read_only: bool = False, act: str = "") -> None:
        """Show the people of a session; with `act`, begin with that action."""
        from tui.people.screen import PeopleScreen

        self._show(PeopleScreen(live, read_only=read_only), act=act)

    def objectives(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show the objectives of a session."""
        from tui.objectives.screen import ObjectivesScreen

        self._show(ObjectivesScreen(live, read_only=read_only))

    def changed(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show what changed since the session before, and the questions it leaves open."""
        from tui.changed.screen import ChangedScreen

        self._show(ChangedScreen(live, read_only=read_only))

    def look_back(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show what became of the decisions of the session before, and of what was delivered."""
        from tui.look_back.screen import LookBackScreen

        self._show(LookBackScreen(live, read_only=read_only))

    def ballot(self, live: ReadableSession, *, reveal: bool = False, read_only: bool = False, act: str = "") -> None:
        """Show the open round; with `reveal`, ask for its reveal first; with `act`, begin with that action."""
        from tui.ballot.screen import BallotScreen

        self._show(BallotScreen(live, reveal=reveal, read_only=read_only), act=act)

    def pulse(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show the two questions and what the room answered."""
        from tui.together.pulse import PulseScreen

        self._show(PulseScreen(live, read_only=read_only))

    def partnership(self, live: ReadableSession, *, read_only: bool = False) -> None:
        """Show how both sides see their partnership."""
        from tui.together.partnership import PartnershipScreen

        self._show(PartnershipScreen(live, read_only=read_only))

    def reveal(self, live: ReadableSession, *, read_only: bool = False, replace: bool = False, act: str = "") -> None:
        """Show the latest order that was revealed; with `replace`, instead of the screen in front; with `act`, begin with that action."""
        from tui.reveal.screen import RevealScreen

        self._show(RevealScreen(live, read_only=read_only), replace=replace, act=act)

    def discussion(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        """Discuss a card."""
        from tui.talk.screen import TalkScreen

        self._show(TalkScreen(live, card, read_only=read_only))

    def consent(self, live: ReadableSession, card: str, *, read_only: bool = False) -> None:
        """Ask for consent to the decision on a card."""
        from tui.consent.screen import ConsentScreen

        self._show(ConsentScreen(live, card, read_only=read_only))

    def what_if(self, live: ReadableSession, card: str, *, writable: bool = True) -> None:
        """Try changes to the plan, beginning with a card."""
        from tui.plan.what_if.screen import WhatIfScreen

        self._show(WhatIfScreen(live, card, writable=writable))
