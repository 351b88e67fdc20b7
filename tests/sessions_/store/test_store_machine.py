"""Any commands, faults, deaths and openings in any order (RELIABILITY S26): the file always folds to the session that is live.

More rounds: `pytest -m slow tests/sessions_/store/test_store_machine.py`.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from disk import path_of, read_session
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store import NEVER, DeadError, Faulty, Quick, assert_ballots_open, failure, library, session_file
from support import bare

from sessions.commands.base import Command
from sessions.commands.cards import MoveCard, NoteOnCard, Redo, Undo
from sessions.commands.group_order import TakeGroupOrder
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.errors import QuarterdeckError
from sessions.library.library import OpenSession
from sessions.state.fold import replay
from sessions.store.tinydb.urn import Urn

CARDS = st.sampled_from("ABCDX")
ROUNDS = st.integers(1, 3)
VOICES = st.sampled_from(("coo", "cfo", "cio", "architect", "nobody"))
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(MoveCard, card=CARDS, to=st.integers(1, 4)),
    st.builds(NoteOnCard, card=CARDS, text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=900)),
    st.just(Undo()),
    st.just(Redo()),
    st.just(OpenRound()),
    *[st.builds(SealBallot, round=ROUNDS, voice=VOICES, points=st.none() | st.dictionaries(CARDS, st.integers(0, 25), max_size=3))] * 2,
    st.builds(RevealBallots, round=ROUNDS, override=st.just("go")),
    st.just(TakeGroupOrder()),
    st.builds(DropRound, round=ROUNDS, reason=st.just("again")),
)
ERRORS = st.sampled_from((errno.EIO, errno.ENOSPC, errno.EROFS, errno.EINTR)).map(failure) | st.builds(KeyboardInterrupt)
CALLS_AHEAD = st.integers(1, 25)


class StoreMachine(RuleBasedStateMachine):
    """A real library; `told` is what watchers saw."""

    opened: OpenSession
    ops: Faulty

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.told: list[Any] = []
        self.ops = Faulty(NEVER, DeadError())
        self.follow(library(self.folder, self.ops).create(bare()))
        self.opened.live.perform(MarkAttendance(presence="present"))
        self.opened.live.perform(OpenRound())

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.close()
            shutil.rmtree(self.folder)

    def follow(self, opened: OpenSession) -> None:
        """Continue with a session that was just opened: all that was shown before is there, in its place."""
        self.opened = opened
        assert not opened.read_only, opened.notices
        assert opened.live.recordeds[: len(self.told)] == self.told
        self.told = list(opened.live.recordeds)
        opened.live.watch(lambda _, recordeds: self.told.extend(recordeds))

    def reopen(self) -> None:
        self.ops = Faulty(NEVER, DeadError())
        self.follow(library(self.folder, self.ops).open(session_file(self.folder)))

    def attempt(self, command: Command) -> None:
        sentence = ""
        try:
            self.opened.live.perform(command)
        except QuarterdeckError as error:
            sentence = str(error)
        assert "\n" not in sentence

    @rule(commands=st.lists(COMMANDS, min_size=1, max_size=4))
    def perform(self, commands: list[Command]) -> None:
        for command in commands:
            self.attempt(command)

    @rule(command=COMMANDS, ahead=CALLS_AHEAD, error=ERRORS, persistent=st.booleans(), short=st.booleans())
    def fail(self, command: Command, ahead: int, error: BaseException, persistent: bool, short: bool) -> None:
        """Let the disk fail some calls from now; a session that can then only be read is opened again."""
        self.ops.k, self.ops.error, self.ops.persistent, self.ops.short = self.ops.count + ahead, error, persistent, short
        with contextlib.suppress(KeyboardInterrupt):
            self.attempt(command)
        self.ops.k = NEVER
        if self.opened.read_only:
            self.opened.close()
            self.reopen()
        else:
            self.attempt(NoteOnCard(card="A", text="on we go"))

    @rule(command=COMMANDS, ahead=CALLS_AHEAD, short=st.booleans())
    def die(self, command: Command, ahead: int, short: bool) -> None:
        """Die in the middle of a command, or right after it, and come back."""
        self.ops.k, self.ops.error, self.ops.persistent, self.ops.short = self.ops.count + ahead, DeadError(), True, short
        with contextlib.suppress(DeadError):
            self.attempt(command)
        self.ops.bury()
        self.reopen()

    @rule(ahead=CALLS_AHEAD, short=st.booleans(), torn=st.sampled_from((b"", b',"9', b"}}" + bytes(700), b',"7": {"seq":7,"chain":"')))
    def die_while_opening(self, ahead: int, short: bool, torn: bytes) -> None:
        """Find a torn end, die while it is repaired, and come back once more."""
        self.opened.close()
        path = session_file(self.folder)
        if torn:
            path.write_bytes(path.read_bytes()[:-2] + torn)
        ops = Faulty(ahead, DeadError(), persistent=True, short=short)
        with contextlib.suppress(DeadError):
            library(self.folder, ops).open(path)
        ops.bury()
        self.reopen()

    @invariant()
    def the_file_folds_to_the_live_session_and_every_ballot_opens(self) -> None:
        if not hasattr(self, "opened"):
            return
        path, live = path_of(self.opened), self.opened.live
        recordeds, problem = read_session(path)
        assert problem == ""
        if len(recordeds) == live.session.seq:  # after an interrupt the session takes over at its next command
            assert replay(recordeds) == live.session
            assert recordeds == list(live.recordeds)
            assert self.told == recordeds or len(self.told) < len(recordeds)
            assert_ballots_open(live, Urn(path.with_suffix(".urn"), Quick()), strictly=False)


@pytest.mark.promise("store-S26")
class TestStore(StoreMachine.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
class TestStoreAtLength(StoreMachine.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck))
