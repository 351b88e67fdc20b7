"""The line of reason that comes with a ballot: told under what was announced, in the reveal, the export and the summary."""

from __future__ import annotations

import pytest
from support import Room, bare, person

from sessions.commands.rounds import OpenRound, RevealBallots, SealBallot
from sessions.export.rounds import exported_round
from sessions.record.events import Anonymity
from sessions.rounds.methods.choice import BallotRefusedError
from sessions.rounds.reasons import Reason, reasons
from sessions.summary.markdown import summary

TWO_EACH = (person("COO", "business", "decider"), person("CFO", "business"), person("CIO", "it"), person("Architect", "it"))
ONE_OF_IT = (*TWO_EACH[:3], person("Chair", "business"))
WORDS = "customers *leave* at the till"


def told(anonymity: Anonymity, people: tuple[object, ...] = TWO_EACH) -> Room:
    """Return a room that voted on four cards, in which the CIO gave a reason about the third."""
    room = Room(bare(people=people)).everybody()  # type: ignore[arg-type]
    room.do(OpenRound(anonymity=anonymity))
    for voice in room.session.voters():
        reason = {"reason": WORDS, "reason_card": "C"} if voice.id == "cio" else {}
        room.do(SealBallot(round=1, voice=voice.id, points={"A": 10, "C": 20}, **reason))
    room.do(RevealBallots(round=1))
    return room


@pytest.mark.parametrize(
    ("anonymity", "people", "who"),
    [
        ("named", TWO_EACH, "CIO"),
        ("side", TWO_EACH, "somebody from IT"),
        ("side", ONE_OF_IT, "somebody"),
        ("secret", TWO_EACH, ""),
    ],
)
def test_a_reason_is_told_as_announced(anonymity: Anonymity, people: tuple[object, ...], who: str) -> None:
    room = told(anonymity, people)
    round_ = room.session.rounds[-1]
    side = "" if who == "somebody" else "it"
    assert reasons(room.session, round_) == ((Reason("C", WORDS, who, side),) if who else ())
    exported = exported_round(room.session, round_)
    assert exported["reasons"] == ([{"card": "C", "text": WORDS, "who": who, "side": side}] if who else [])
    assert anonymity == "named" or not any(WORDS in str(ballot) for ballot in exported["ballots"])
    page = summary(room.session)
    assert (f"C: “customers \\*leave\\* at the till” ({who})" in page) == bool(who)


def test_a_reason_is_sealed_with_the_ballot_and_one_that_is_too_long_or_about_no_card_is_refused() -> None:
    room = Room(bare(people=TWO_EACH)).everybody()
    room.do(OpenRound())
    for reason, card in (("x" * 201, "A"), ("why", "Z"), ("why", "")):
        with pytest.raises(BallotRefusedError):
            room.do(SealBallot(round=1, voice="cio", points={"A": 1}, reason=reason, reason_card=card))
    room.do(SealBallot(round=1, voice="cio", points={"A": 1}, reason=WORDS, reason_card="A"))
    assert WORDS not in str(room.log.records)
