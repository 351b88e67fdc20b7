"""The command of a participant's terminal."""

# Without `from __future__ import annotations`: Typer would compile the text of every annotation at each start.

from typing import Annotated

import typer

from tui.cli.options import global_options
from tui.cli.screens import open_joined


def join(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="What the screen in the room shows, as 192.168.1.20:8420.")],
    watch: Annotated[bool, typer.Option("--watch", help="Show the session to an audience: no seat, no vote.")] = False,
) -> None:
    """Join a session from your own terminal: vote, propose, follow. The facilitator lets you in."""
    from tui.joined.address import address_of  # noqa: PLC0415

    open_joined(address_of(address), watch=watch, light=global_options(context).light)
