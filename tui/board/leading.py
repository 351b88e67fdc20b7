"""What `]` does: the steps of the meeting, taken from the board."""

from __future__ import annotations

from sessions.guide.step import Step
from sessions.record.choices import Phase
from sessions.wording import listed
from tui.board.meeting_actions import MeetingActions

_OWN = {"draw_line": "draw_line", "preview_decisions": "accept", "set_next_date": "set_next_session", "close": "close_session"}
"""Steps that are an action of this screen."""
_OF_PEOPLE = {"add_people": "add_person", "name_decider": "choose_decider", "override_quorum": "override_quorum"}
"""Steps that are an action of the screen of people."""
_OFFERED_THERE = frozenset({"mark_present", "confirm_objectives", "ask_pulse", "ask_partnership"})
"""Steps that the screen to which they lead offers itself: it marks everybody, confirms, or asks."""


class Leading(MeetingActions):
    """The part of the session screen that takes the steps which the line at the top names."""

    def action_previous_phase(self) -> None:
        """Go back to the previous phase."""
        from sessions.commands.phases import StartPhase

        phases = self.session.phases
        at = phases.index(self.session.phase)
        if at < 2:
            self.quarterdeck.toast("This is the first phase.")
        elif self.do(StartPhase(phase=phases[at - 1])):
            self.show_phase()

    def show_phase(self) -> None:
        """Show the screen of the phase, above the board: the look back, the result, the discussion that is open."""
        go, session = self.quarterdeck.go, self.session
        if session.phase == "reveal" and session.round and session.round.revealed:
            go.reveal(self.live, read_only=self.read_only)
        elif session.phase == "look_back" and session.past is not None:
            go.look_back(self.live, read_only=self.read_only)
        elif session.phase == "talk" and session.talk:
            self.select(session.talk.card)
            go.discussion(self.live, session.talk.card, read_only=self.read_only)

    def resume_phase(self) -> None:
        """Show the screen of the phase that the session was left in, unless another one was asked for when it was opened."""
        if self.app.screen is self:
            self.show_phase()

    def lead(self, step: Step) -> None:
        """Take a step of the meeting."""
        go, live, read_only = self.quarterdeck.go, self.live, self.read_only
        if step.kind in _OFFERED_THERE:
            self.quarterdeck.progress(live).offered.discard((self.session.phase, step.kind))
        match step.kind:
            case "add_people" | "name_decider" | "mark_present" | "override_quorum":
                go.people(live, read_only=read_only, act=_OF_PEOPLE.get(step.kind, ""))
            case "confirm_objectives":
                go.objectives(live, read_only=read_only)
            case "see_changes":
                go.changed(live, read_only=read_only)
            case "ask_pulse" | "ask_partnership":
                show = go.pulse if step.kind == "ask_pulse" else go.partnership
                show(live, read_only=read_only)
            case "look_back":
                go.look_back(live, read_only=read_only)
            case "read_card":
                self.read_next(step.card)
            case "open_ballot":
                go.ballot(live, read_only=read_only, act="enter_ballot")
            case "collect_ballots":
                its = self.session.open_round is self.session.round
                go.ballot(live, read_only=read_only, act="next_ballot" if its else "")
            case "reveal":
                go.ballot(live, reveal=True, read_only=read_only)
            case "doubt" | "take_order":
                go.reveal(live, read_only=read_only, act=step.kind)
            case "talk":
                self._talk_about(step.card)
            case "draw_line" | "preview_decisions" | "set_next_date" | "close":
                self.call_later(self.run_action, _OWN[step.kind])
            case "look_at_trend":
                go.session_trend(live, read_only=read_only)
            case "write_page":
                self.show_summary()
            case "start_phase":
                self._start(step.phase)

    def read_next(self, card: str) -> None:
        """Go to the next card to be read aloud; this one was."""
        progress = self.quarterdeck.progress(self.live)
        progress.read.add(card)
        progress.let_go()
        self.show_top()
        self.select(self.step.card or card)

    def _talk_about(self, card: str) -> None:
        from sessions.commands.phases import StartPhase

        if self.session.phase == "talk" or self.do(StartPhase(phase="talk")):
            self.discuss(card)

    def _start(self, phase: Phase | None) -> None:
        """Start a phase, and show what it is about; name the cards that the room leaves undiscussed."""
        from sessions.commands.phases import StartPhase
        from sessions.guide.talking import left_to_talk

        left = left_to_talk(self.session, self.known(set())) if self.session.phase == "talk" else []
        numbers = [f"#{rank}" for rank in sorted(self.session.rank(card) for card in left if card not in self.session.decisions)]
        if phase is None or not self.do(StartPhase(phase=phase)):
            return
        self.show_phase()
        if numbers:
            self.quarterdeck.toast(f"Not talked about, still open: {listed(numbers)}")
