"""Replay: a session that happened, on the board it happened on. Nothing here can change anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from sessions.record.events import Recorded
from sessions.replay.subject import came_from, subject_of_event
from sessions.replay.timeline import Timeline
from sessions.rounds.results import ResultCache
from sessions.state.moved_cards import MovedCards
from sessions.state.session import Session
from tui.cards.detail_pane import DetailPane
from tui.cards.earlier import EarlierMarks
from tui.cards.face import MoveMarks, VoteSummary, card_face, vote_summary
from tui.cards.filled import FilledCache
from tui.dialogs.choose import Choice, Choose
from tui.host.actions import Action, bindings
from tui.host.host import host
from tui.host.key_bar import KeyBar, offered
from tui.replay.reveal import round_to_show, show_round
from tui.replay.words import RoundLine, latest_revealed, round_line, top_line
from tui.text import fit, safe, wrap
from tui.widgets.board.face import CardFace
from tui.widgets.board.view import BoardView
from tui.widgets.progress_line import ProgressLine

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""How fast a replay can play; 1 is the pace of `Timeline.pause_after`."""

_DETAIL_FROM = 100
_SENTENCE_LINES = 3
_MARGINS = 2
_SENTENCE_MARGINS = 5
_LOW, _TIGHT = 16, 30
"""Heights below which the board keeps its room: the sentence gets a line or two, and below the lower one each card a single row."""


class ReplayScreen(Screen[None]):
    """A session in replay. Raises RecordError if the record cannot be folded."""

    PLACES: ClassVar[tuple[str, ...]] = ("replay",)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*PLACES)
    CSS_PATH = "replay.tcss"

    def __init__(self, recordeds: Sequence[Recorded]) -> None:
        super().__init__()
        self._recordeds = tuple(recordeds)
        self.timeline = Timeline(self._recordeds)
        self.position = 1
        self.speed = 1.0
        self._pause: Timer | None = None
        self._results = ResultCache()
        self._moved = MovedCards()
        self._earlier = EarlierMarks()
        self._filled = FilledCache()
        self._proofs: dict[int, RoundLine] = {}
        """The words about each revealed round: its ballots are proved once, not in every frame."""
        self._card = ""
        """The card that the latest event about a card was about."""

    def compose(self) -> ComposeResult:
        """Lay out header, sentence, board and detail, the player's line and the keys."""
        marks = [chapter.position for chapter in self.timeline.chapters if chapter.kind != "decision"]
        yield Static("", id="replay-top")
        yield Static("", id="replay-sentence")
        yield Static("", id="replay-round")
        with Horizontal(id="replay-middle"):
            yield BoardView(empty="No cards on the board")
            yield DetailPane(id="replay-detail")
        with Horizontal(id="replay-player"):
            yield Static("", id="replay-state")
            yield ProgressLine(len(self.timeline), marks)
            yield Static("", id="replay-count")
        yield KeyBar(self._offered)

    def on_mount(self) -> None:
        """Begin at the beginning."""
        self.query_one(BoardView).focus()
        self.show(1)

    def on_resize(self) -> None:
        """Fit the board to the remaining room."""
        width, height = self.size
        self.query_one(DetailPane).display = width >= _DETAIL_FROM
        self.set_class(height < _LOW, "-low")
        self.set_class(_LOW <= height < _TIGHT, "-tight")
        self.query_one(BoardView).density = 1 if height < _LOW else 3
        self._draw()

    def on_screen_suspend(self) -> None:
        """Pause behind a dialog or the curtain."""
        self.stop()

    # --- the position of the replay

    @property
    def session(self) -> Session:
        """Return the session as it was at this position."""
        return self.timeline.state(self.position)

    @property
    def playing(self) -> bool:
        """Return whether the replay is playing."""
        return self._pause is not None

    @property
    def at_end(self) -> bool:
        """Return whether this is the last event."""
        return self.position == len(self.timeline)

    def show(self, position: int) -> None:
        """Show the session after that many events, or the nearest number that exists."""
        self.position = max(1, min(position, len(self.timeline)))
        event = self._recordeds[self.position - 1].event
        self._card = subject_of_event(self._recordeds, event) or self._card
        self._draw()

    def go(self, position: int) -> None:
        """Jump; a playing replay continues from there."""
        playing = self.playing
        self.show(position)
        self.play() if playing else self._draw_player()

    def play(self) -> None:
        """Play until the end."""
        self.stop()
        if not self.at_end:
            self._pause = self.set_timer(self.timeline.pause_after(self.position, self.speed), self._next)
        self._draw_player()

    def stop(self) -> None:
        """Pause."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
            self._draw_player()

    def _next(self) -> None:
        self.show(self.position + 1)
        self.play()

    # --- what is drawn

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        session = self.session
        self._draw_words(session)
        self._draw_board(session)
        self._draw_player()

    def _draw_words(self, session: Session) -> None:
        width = self.size.width - _MARGINS
        self.query_one("#replay-top", Static).update(top_line(session, self.timeline.meeting_time(self.position), width))
        room = _SENTENCE_LINES - (2 if self.has_class("-low") else self.has_class("-tight"))
        lines = wrap(self.timeline.sentence(self.position), self.size.width - _SENTENCE_MARGINS, room)
        self.query_one("#replay-sentence", Static).update(safe("\n".join(lines)))
        line, shown = self._round_line(session), self.query_one("#replay-round", Static)
        shown.update(safe(fit(line.text, max(0, width - 4))))
        shown.set_class(line.wrong, "-wrong")
        self.set_class(bool(line.text), "-voted")
        self.query_one(KeyBar).follow()

    def _round_line(self, session: Session) -> RoundLine:
        round_ = None if session.open_round else latest_revealed(session)
        if round_ is None:
            return round_line(session)
        number = round_.opened.round
        if number not in self._proofs:
            self._proofs[number] = round_line(session)
        return self._proofs[number]

    def _offered(self) -> list[Action]:
        revealed = latest_revealed(self.session) is not None
        return [each for each in offered(self) if revealed or each.name != "reveal"]

    def _draw_board(self, session: Session) -> None:
        board, voices = self.query_one(BoardView), vote_summary(session, self._results)
        came = came_from(self._recordeds, self._recordeds[self.position - 1].event)
        board.filled = self._filled.filled(session, voices, None)
        board.show(len(session.order), lambda position: self._face(session, position, voices, came))
        if self._card in session.cards:
            board.cursor = session.rank(self._card) - 1
        shown = session.order[board.cursor] if session.order else ""
        pane = self.query_one(DetailPane)
        if pane.display:
            pane.show(session, shown, voices)

    def _face(self, session: Session, position: int, voices: VoteSummary, came: int) -> CardFace:
        """Return a card's face; the moving card shows the origin of this move, not its first rank."""
        card, rank = session.order[position], position + 1
        marks = MoveMarks(self._moved.of(session), earlier=self._earlier.of(session))
        face = card_face(session, card, rank, voices, marks=marks)
        return face if card != self._card or came in (0, rank) else face._replace(moved=f"{'▲' if rank < came else '▼'} from {came}")

    def _draw_player(self) -> None:
        if not self.is_mounted:
            return
        word = "▶ playing" if self.playing else "■ the end" if self.at_end else "‖ paused"
        self.query_one("#replay-state", Static).update(safe(f"{word}  {self.speed:g}×"))
        self.query_one("#replay-state").set_class(self.playing, "-playing")
        count = len(self.timeline)
        again = " · space plays it again" if self.at_end and self.size.width >= _DETAIL_FROM else ""
        self.query_one("#replay-count", Static).update(safe(f"event {self.position} of {count}{again}"))
        self.query_one(ProgressLine).show(self.position)

    # --- what the keys do

    def action_play(self) -> None:
        """Play and pause; at the end, begin again."""
        if self.playing:
            self.stop()
            return
        if self.at_end:
            self.show(1)
        self.play()

    def action_forward(self) -> None:
        """Show the next event."""
        self.go(self.position + 1)

    def action_back(self) -> None:
        """Show the event before."""
        self.go(self.position - 1)

    def action_next_chapter(self) -> None:
        """Jump to the next chapter."""
        self.go(self.timeline.next_chapter(self.position))

    def action_previous_chapter(self) -> None:
        """Jump to the chapter before."""
        self.go(self.timeline.previous_chapter(self.position))

    def action_faster(self) -> None:
        """Play faster."""
        self._change_speed(1)

    def action_slower(self) -> None:
        """Play slower."""
        self._change_speed(-1)

    def _change_speed(self, by: int) -> None:
        self.speed = SPEEDS[max(0, min(SPEEDS.index(self.speed) + by, len(SPEEDS) - 1))]
        self.play() if self.playing else self._draw_player()

    def action_to_start(self) -> None:
        """Jump to the first event."""
        self.go(1)

    def action_to_end(self) -> None:
        """Jump to the last event."""
        self.go(len(self.timeline))

    @work(exclusive=True)
    async def action_chapters(self) -> None:
        """Choose a chapter."""
        chapters = self.timeline.chapters
        choices = [Choice(str(number), f"{self._since(chapter.position)} · {chapter.title}") for number, chapter in enumerate(chapters)]
        now = sum(chapter.position <= self.position for chapter in chapters) - 1
        chosen = await self.app.push_screen_wait(Choose("Chapters", choices, chosen=str(max(0, now))))
        if chosen is not None:
            self.go(chapters[int(chosen)].position)

    @work(exclusive=True)
    async def action_reveal(self) -> None:
        """Show a round as it was revealed: the one that this event reveals, or one of those before it."""
        session, past = self.session, self._recordeds[: self.position]
        if latest_revealed(session) is None:
            host(self.app).toast("No ballot was revealed up to here.")
        elif round_ := await round_to_show(self.app, session, past[-1].event):
            show_round(self.app, session, round_, past)

    def _since(self, position: int) -> str:
        """Return the time since the meeting began, always as wide, so that a list of them is aligned."""
        return self.timeline.meeting_time(position).rpartition(" · ")[2]

    def on_key(self, event: events.Key) -> None:
        """Jump to a tenth of the session by its digit."""
        if event.character and event.character.isascii() and event.character.isdigit():
            event.stop()
            self.go(self.timeline.tenth(int(event.character)))

    @on(ProgressLine.Clicked)
    def jump(self, event: ProgressLine.Clicked) -> None:
        """Jump to the clicked place on the line."""
        self.go(event.position)

    def show_summary(self) -> None:
        """Show the summary of the whole session."""
        host(self.app).go.summary(self.timeline.state(len(self.timeline)))
