"""Until the reveal nothing that depends on a choice is outside the urn: not a byte, not a length (issue of secrecy: METHOD 2.6, 2.8)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from disk import DiskLibrary, path_of
from support import FakeClock, Room, bare

from sessions.commands.decisions import Decide
from sessions.commands.people import MarkAttendance
from sessions.commands.rounds import DropRound, OpenRound, RevealBallots, SealBallot
from sessions.export.json_export import as_json
from sessions.record import events as ev
from sessions.replay.narration import narrate
from sessions.rounds.consent import consent_of
from sessions.rounds.methods.duel import duel_hands, duel_of
from tui.consent.view import ConsentView

CHOICES: dict[ev.Method, tuple[dict[str, Any], dict[str, Any]]] = {
    "points": ({"points": {"A": 25, "B": 25, "C": 25, "D": 25}}, {"points": {"D": 1}}),
    "ranking": ({"ranking": (("A",), ("B", "C"), ("D",))}, {"ranking": (("D",),)}),
    "approval": ({"points": {"A": 1, "B": 1}}, {"points": {"C": 1}}),
    "score": ({"scores": {"B": 5}}, {}),
    "duel": ({"prefers": "B"}, {"prefers": "A"}),
    "consent": ({"scores": {"B": 0}, "words": "this will harm every branch of the company"}, {"scores": {"B": 5}}),
    "pulse": ({"scores": {"value": 5, "focus": 1}}, {"scores": {"focus": 3}}),
    "partnership": ({"scores": {"direction": 4, "seat": 2, "order": 3}}, {"scores": {"language": 1}}),
}


def tokens() -> Iterator[str]:
    """Random hex that is the same in every run."""
    return (f"{number:032x}" for number in count(1))


def vote(folder: Path, method: ev.Method, anonymity: ev.Anonymity, coo: dict[str, Any], cfo: dict[str, Any]) -> Path:
    """Hold a session up to the sealed ballots of two voices, with clock and chance fixed; give its file."""
    given = tokens()
    library = DiskLibrary(folder, FakeClock(), token=lambda length: next(given)[-length:])
    opened = library.create(bare(), title="Q3", quarter="2026-Q3")
    live = opened.live
    live.perform(MarkAttendance(presence="present"))
    live.perform(Decide(card="B", word="stop", why="dear"))
    cards = {"duel": ("B", "A"), "score": ("B",), "consent": ("B",)}.get(method, ())
    live.perform(OpenRound(method=method, anonymity=anonymity, cards=cards, cap=100 if method == "points" else None))
    for voice, choice in (("coo", coo), ("cfo", cfo), ("cio", {}), ("coo", coo)):
        live.perform(SealBallot(round=1, voice=voice, **choice))
    library.entries()
    opened.close()
    return path_of(opened)


def outside(folder: Path) -> dict[str, bytes]:
    """Return every byte of a folder but the urn's, the seals, what is computed over them, and the times that the disk keeps."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".urn":
            hidden = re.sub(rb'"(seal|chain|sha256)": ?"[0-9a-f]+"', rb'"\1"', path.read_bytes())
            found[path.name] = re.sub(rb'"stamp": "\d+ (\d+) \d+"', rb'"size": \1', hidden)
    return found


@pytest.mark.parametrize("anonymity", ev.ANONYMITIES)
@pytest.mark.parametrize("method", ev.METHODS)
def test_two_voices_that_swap_their_ballots_change_no_byte_but_the_urn_and_the_seals(
    tmp_path: Path, method: ev.Method, anonymity: ev.Anonymity
) -> None:
    one, other = CHOICES[method]
    first = vote(tmp_path / "first", method, anonymity, one, other)
    second = vote(tmp_path / "second", method, anonymity, other, one)

    assert outside(first.parent) == outside(second.parent)
    assert first.stat().st_size == second.stat().st_size
    assert first.with_suffix(".urn").stat().st_size == second.with_suffix(".urn").stat().st_size
    assert first.with_suffix(".urn").read_bytes() != second.with_suffix(".urn").read_bytes()


@pytest.mark.parametrize("method", ev.METHODS)
def test_no_card_and_no_word_of_a_ballot_stands_outside_the_urn(tmp_path: Path, method: ev.Method) -> None:
    """Every record of a sealed ballot has the same fields and the same length, whatever was chosen, an abstention too."""
    lines = set()
    for place, choice in enumerate((*CHOICES[method], {})):
        path = vote(tmp_path / str(place), method, "named", choice, choice)
        records = [json.loads(line.rstrip(b",").split(b":", 1)[1]) for line in path.read_bytes().splitlines() if b"ballot_sealed" in line]
        assert {tuple(sorted(record)) for record in records} == {("at", "by", "chain", "elapsed", "kind", "round", "seal", "seq", "voice")}
        lines.add(tuple(len(json.dumps(record)) for record in records))
    assert len(lines) == 1


@pytest.mark.parametrize("end", [RevealBallots(round=1), DropRound(round=1, reason="wrong cards")], ids=["reveal", "drop"])
def test_the_urn_is_for_its_owner_alone_and_goes_with_the_round(tmp_path: Path, end: RevealBallots | DropRound) -> None:
    path = vote(tmp_path, "points", "side", *CHOICES["points"])
    urn = path.with_suffix(".urn")
    assert urn.stat().st_mode & 0o777 == 0o600
    opened = DiskLibrary(tmp_path, FakeClock(), token=lambda length: "0" * length).open(path)
    opened.live.perform(end)
    opened.close()
    assert not urn.exists()
    holding = [each for each in tmp_path.iterdir() if re.search(rb'"points": ?[\[{]', each.read_bytes())]
    assert holding == ([path] if isinstance(end, RevealBallots) else [])


@pytest.mark.parametrize("method", ["duel", "consent"])
def test_the_ballot_of_the_only_voter_of_a_side_is_not_told_by_side(method: ev.Method) -> None:
    """With IT of one voter every count by side would say what the CIO gave: only the room is told, and only the room counts."""
    room = Room(bare()).everybody()
    room.do(Decide(card="B", word="stop", why="dear"), OpenRound(method=method, anonymity="side", cards=("B", "A") if method == "duel" else ("B",)))
    for voice, place in {"coo": 1, "cfo": 1, "vp-sales": 1, "cio": 0}.items():
        room.do(SealBallot(round=1, voice=voice, **CHOICES[method][place]))
    room.do(RevealBallots(round=1, override="the architect is away"))
    told = " ".join(narrate(room.session, each) for each in room.live.recordeds[-2:])
    if method == "duel":
        assert duel_hands(duel_of(room.session.rounds[0])) == "1 to 3"
        assert room.session.order[0] == "A"
    else:
        consent = consent_of(room.session, "B")
        assert consent is not None
        assert consent.result.means == {"": Fraction(15, 4)}
        assert consent.owed == (("", "objection"),)
        assert ConsentView(room.session, "B").owed[0].words == "this will harm every branch of the company"
        assert "mean 3.8" in told
    assert "IT" not in told
    assert all("side" not in ballot and "voice" not in ballot for ballot in as_json(room.session)["rounds"][0]["ballots"])


def test_that_the_only_voter_of_a_side_abstained_is_not_told_either() -> None:
    room = Room(bare()).everybody()
    room.do(OpenRound(anonymity="side"), *(SealBallot(round=1, voice=voice, points={"A": 25}) for voice in ("coo", "cfo")))
    room.do(SealBallot(round=1, voice="cio"), RevealBallots(round=1, override="the architect is away"))
    told = as_json(room.session)["rounds"][0]
    assert all("side" not in ballot for ballot in told["ballots"])
    assert all("abstained" not in turnout for turnout in told["turnout"])
