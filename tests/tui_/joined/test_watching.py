"""The audience's window: it follows a session that is led in another window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pseudo_terminal import Terminal, installed_command

pytestmark = pytest.mark.system


def test_an_audience_sees_what_the_room_does_in_another_terminal(tmp_path: Path) -> None:
    cards, people = tmp_path / "cards.csv", tmp_path / "people.csv"
    cards.write_text("Title,Sponsor\nNew web shop,VP Sales\nPayroll,CFO\n")
    people.write_text("role,side,seat\nCOO,business,decider\nCIO,it,voter\n")
    quarterdeck = [installed_command(), "--library", tmp_path / "library"]
    with Terminal([*quarterdeck, "new", "-y", cards, "--people", people]) as made:
        assert made.wait() == 0, made.text
    with Terminal([*quarterdeck, "open", "last"]) as room:
        room.see("New web shop", "Prepare")
        with Terminal([*quarterdeck, "watch", "last"]) as audience:
            audience.see("Audience", "Prepare")
            room.type("]")  # the meeting begins
            audience.see("Audience", "Open")
            audience.type("q")
            assert audience.wait() == 0
