"""The command that serves a room without a screen: for the days before a meeting, for an office server, for scripts."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

import contextlib
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.errors import QuarterdeckError, RecordError
from tui.cli.help.next_step import say_next_of
from tui.cli.options import LibraryOption, Served, SessionArgument, library_of, serves_a_room
from tui.cli.output import print_lines

if TYPE_CHECKING:
    from sessions.library.library import Library, OpenSession
    from sessions.room.http.server import RoomServer
    from sessions.room.room import Room


@serves_a_room
def room(
    context: typer.Context,
    session: SessionArgument = "last",
    headless: Annotated[bool, typer.Option("--headless", help="Serve it without a screen, until SIGTERM or ctrl+c.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the links as one line of JSON.")] = False,
    *,
    served: Served,
    library: LibraryOption = None,
) -> None:
    """Let people vote from their own devices before the meeting. Prints a link for each, and serves without a screen."""
    if not headless:
        raise QuarterdeckError("With a screen the room opens by `quarterdeck open --room`; without one, add --headless.")
    home = library_of(context, library)
    ref = home.find(session)
    try:
        from sessions.room.http.server import RoomServer  # noqa: PLC0415 - needs the extra `room`
    except ImportError:
        from tui.host.shared import EXTRA  # noqa: PLC0415

        raise QuarterdeckError(EXTRA) from None

    import asyncio  # noqa: PLC0415 - with `ssl`, for which no other command should wait

    from sessions.room.http.tls import tls_of  # noqa: PLC0415
    from sessions.room.room import Room  # noqa: PLC0415
    from sessions.room.seats import Seats  # noqa: PLC0415
    from tui.environment import SystemClock, token  # noqa: PLC0415

    tls = tls_of(served.tls_cert, served.tls_key) if served.tls_cert and served.tls_key else None
    with home.open(ref) as opened:
        _check_serves(opened)
        held = Room(opened.live, Seats(opened.handle.seats, token), SystemClock(), meeting=False)
        names = [served.address] if served.address else ()
        server = RoomServer(held, served.bind or "127.0.0.1", served.port, names=names, tls=tls, public_url=served.public_url)
        asyncio.run(_serve(held, server, as_json=as_json, fingerprint=tls.fingerprint if tls else ""))
    _learn(home)
    say_next_of(home, ref)


def _check_serves(opened: "OpenSession") -> None:
    if opened.read_only:
        raise QuarterdeckError(f"The room needs a session that can be written: {opened.handle.reason}.")
    if opened.live.session.closed and not opened.live.session.open_round:
        raise QuarterdeckError("This session is closed: no one can vote now. Ask about the partnership with `quarterdeck partnership`, or reopen it.")


async def _serve(room: "Room", server: "RoomServer", *, as_json: bool, fingerprint: str) -> None:
    """Serve until a signal ends it."""
    import asyncio  # noqa: PLC0415

    from tui.terminal.signals import calling_on_signals  # noqa: PLC0415

    ended = asyncio.Event()
    with calling_on_signals(ended.set):
        try:
            await server.start()
            links = _links(room, server)
            if as_json:
                typer.echo(json.dumps(links))
            else:
                print_lines(*_link_lines(links, fingerprint))
            await ended.wait()
        finally:
            await server.stop()
            room.leave()


def _links(room: "Room", server: "RoomServer") -> dict[str, Any]:
    """Return a link for everybody, each already let in."""
    session = room.live.session
    people = [person for person in session.people.values() if person.seat != "facilitator" and person.id != session.facilitator]
    return {
        "url": f"{server.url}/",
        "facilitator": server.link(room.facilitator_link()),
        "watch": server.link(room.watch_link(), watch=True),
        "people": [{"role": person.role, "url": server.link(room.link(person.id))} for person in people],
    }


def _link_lines(links: dict[str, Any], fingerprint: str) -> list[str]:
    named = [("Facilitator", links["facilitator"]), ("Audience", links["watch"]), *((each["role"], each["url"]) for each in links["people"])]
    width = max(len(name) for name, _ in named)
    return [
        f"The room is open: {links['url']}",
        *([f"Fingerprint of the certificate (SHA-256): {fingerprint}"] if fingerprint else []),
        "Each link lets one person in; give it to no one else.",
        *(f"  {name:{width}}  {url}" for name, url in named),
        "ctrl+c ends it. Seats and sealed ballots stay.",
    ]


def _learn(home: "Library") -> None:
    """Let the index learn how long the session is, so that a later truncation is noticed."""
    with contextlib.suppress(RecordError):
        home.entries()
