"""One shape and colour per side, in every room."""

from __future__ import annotations

from support import person

from tui.sides import looks, shaped_name, sides_of


def test_a_side_looks_the_same_in_every_room_and_when_an_observer_joins() -> None:
    shown = looks(("board", "it", "legal", "business", "unions"))
    assert (shown["business"].shape, shown["it"].shape) == ("●", "◆")
    assert looks(("it",))["it"] == shown["it"]
    assert len({look.shape for side, look in shown.items() if side}) == 5
    assert shaped_name("it", shown["it"]) == "◆ IT"
    voters = (person("CFO", "business"), person("Chair", "board"))
    everybody = (person("Auditor", "audit", "observer"), *voters)
    assert looks(sides_of(voters))["board"] == looks(sides_of(everybody))["board"]
