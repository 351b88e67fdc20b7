"""Proof that no ballot changed between its seal and its reveal (METHOD 2.6): every seal is computed again from what was revealed."""

from __future__ import annotations

from dataclasses import dataclass

from sessions.errors import RecordError
from sessions.record.events import RevealedBallot
from sessions.record.seal import seal_of
from sessions.rounds.ballot import sealed_form_of
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import listed, plural


@dataclass(frozen=True, slots=True)
class Proof:
    """What a revealed round proves. `wrong` are the voters whose ballot is not the one that was sealed; `gone`: the proof went with the urn."""

    proved: int
    wrong: tuple[str, ...] = ()
    gone: bool = False

    @property
    def holds(self) -> bool:
        """Return whether nothing speaks against the round."""
        return not self.wrong


def prove(round_: Round) -> Proof | None:
    """Prove a round's ballots against its seals; None if none were sealed or none revealed.

    A secret round keeps no salts, or everybody who has the session file could tell whose a ballot is: its ballots were proved at the reveal, out of
    the urn, and the record says how many.
    """
    revealed = round_.revealed
    if revealed is None or revealed.hands or not round_.seals:
        return None
    if round_.opened.anonymity == "secret":
        # What can still be checked: that as many ballots came out as went in.
        wrong = () if revealed.proved == len(revealed.ballots) == len(round_.seals) else tuple(sorted(round_.seals))
        return Proof(revealed.proved, wrong, gone=True)
    found = {each.voice: each for each in revealed.ballots}
    wrong = tuple(voice for voice, seal in sorted(round_.seals.items()) if voice not in found or not _matches(round_, found[voice], seal))
    strange = tuple(voice for voice in sorted(found) if voice not in round_.seals)
    return Proof(len(round_.seals) - len(wrong), wrong + strange)


def _matches(round_: Round, ballot: RevealedBallot, seal: str) -> bool:
    try:
        return seal_of(ballot.salt, sealed_form_of(ballot, round_.opened.method)) == seal == ballot.seal
    except RecordError:  # an invalid salt
        return False


def proof_told(session: Session, round_: Round) -> str:
    """Return in one sentence what a round proves; empty if there is nothing to prove."""
    proof = prove(round_)
    if proof is None:
        return ""
    if proof.wrong:
        return f"Not proved: the ballots of {listed([session.role(voter) for voter in proof.wrong])} are not the ones that were sealed."
    if proof.gone:
        return f"{plural(proof.proved, 'ballot')} proved against their seals at the reveal; nothing recorded tells whose they were."
    return f"{plural(proof.proved, 'ballot')} proved against {'its seal' if proof.proved == 1 else 'their seals'}."
