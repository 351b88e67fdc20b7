"""The audience's window: it follows a session that is led in another window, in a folder or on a server with a follower's key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nats_server import NatsServer, running_library, server_program
from pseudo_terminal import Terminal, installed_command

pytestmark = pytest.mark.system

PEOPLE = "role,side,seat\nCOO,business,decider\nCIO,it,voter\n"
CARDS = "Title,Sponsor\nNew web shop,VP Sales\nPayroll,CFO\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    if server_program() is None:
        pytest.skip("there is no nats-server")
    with running_library(tmp_path_factory.mktemp("server")) as started:
        yield started


def quarterdeck(library: str, *words: str | Path, key: Path | None = None) -> Terminal:
    return Terminal([installed_command(), "--library", library, *words], env={"QUARTERDECK_NATS_CREDENTIALS": str(key) if key else None})


@pytest.mark.parametrize("where", ["a folder", "a server"])
def test_an_audience_sees_what_the_room_does_in_another_terminal(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "cards.csv").write_text(CARDS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    library, keys = str(tmp_path / "library"), dict.fromkeys(("facilitator", "follower"))
    if where == "a server":
        server: NatsServer = request.getfixturevalue("server")
        library, keys = server.url, {role: server.key_files[role] for role in ("facilitator", "follower")}  # type: ignore[index]
    with quarterdeck(library, "new", "-y", tmp_path / "cards.csv", "--people", tmp_path / "people.csv", key=keys["facilitator"]) as made:
        assert made.wait() == 0, made.text
    with quarterdeck(library, "open", "last", key=keys["facilitator"]) as room:
        room.see("New web shop", "Prepare")
        with quarterdeck(library, "watch", "last", key=keys["follower"]) as audience:
            audience.see("Audience", "Prepare")
            room.type("]")  # the meeting begins
            audience.see("Audience", "Open")
            audience.type("q")
            assert audience.wait() == 0
