"""The options that several commands share, and what was given before the command's name."""

import functools
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from sessions.errors import QuarterdeckError
from sessions.sanitize import quoted

if TYPE_CHECKING:
    from sessions.library.library import Library


class GlobalOptions(NamedTuple):
    """The options before the command's name; every command finds them in its context."""

    library: str | None = None
    light: bool = False


def _place(name: str) -> str:
    if not name:
        raise QuarterdeckError("--library is empty: name a folder, or leave it out for the default.")
    return name


LibraryOption = Annotated[
    str | None,
    typer.Option("--library", metavar="DIR", help="The folder of sessions, or nats://HOST/NAME.", show_default=False, parser=_place),
]
SessionArgument = Annotated[str, typer.Argument(metavar="SESSION", help="An id, a unique part of one, a title, a quarter, or `last`.")]


def _public(text: str) -> str:
    if text:
        from sessions.room.http.hosts import is_public_url  # noqa: PLC0415 - hardly ever needed

        if not is_public_url(text):
            raise typer.BadParameter(f"{quoted(text)} is not the address of a room; write it as https://room.example.org.")
    return text


def _name(text: str) -> str:
    if text and not re.fullmatch(r"[\w.-]+|[0-9A-Fa-f:]+", text):
        raise typer.BadParameter(f"{quoted(text)} is not a name or an address; write it without http:// and without a port.")
    return text


class Served(NamedTuple):
    """How a room is to be served: each field is an option."""

    bind: Annotated[
        str,
        typer.Option("--bind", metavar="ADDR", help="The address of this machine to listen on; without it, only this machine.", show_default=False),
    ] = ""
    address: Annotated[
        str, typer.Option("--address", metavar="NAME", help="The name that people are given for it.", callback=_name, show_default=False)
    ] = ""
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=1, max=65535, help="The port; without it, 8420 or the next free one.", show_default=False),
    ] = None
    public_url: Annotated[
        str, typer.Option("--public-url", metavar="URL", help="The address of a tunnel that leads here.", callback=_public, show_default=False)
    ] = ""
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", readable=False, help="A certificate, for https.", show_default=False)
    ] = None
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", readable=False, help="Its key, readable by you alone.", show_default=False)
    ] = None


def takes_options(name: str, options: type[tuple[Any, ...]], made: Callable[[Any], object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Replace a parameter of a command by the fields of a NamedTuple, each an option; the command gets the value built from them."""

    def replaced(command: Callable[..., None]) -> Callable[..., None]:
        fields = inspect.signature(options).parameters
        parameters: list[inspect.Parameter] = []
        for each in inspect.signature(command).parameters.values():
            parameters += [known.replace(kind=inspect.Parameter.KEYWORD_ONLY) for known in (fields.values() if each.name == name else (each,))]

        @functools.wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401 - what Typer hands over
            values = options(**{field: given.pop(field) for field in fields})
            command(**given, **{name: made(values)})

        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return replaced


def _checked(served: Served) -> Served:
    if (served.tls_cert is None) != (served.tls_key is None):
        raise QuarterdeckError("A certificate and its key belong together: name both --tls-cert and --tls-key.")
    return served


serves_a_room = takes_options("served", Served, _checked)
"""Replace the parameter `served` of a command by the options of how a room is served."""


def global_options(context: typer.Context) -> GlobalOptions:
    """Return what was given before the command's name."""
    return context.obj if isinstance(context.obj, GlobalOptions) else GlobalOptions()


def library_of(context: typer.Context, place: str | None) -> "Library":
    """Return the library named after the command, else the one named before it, else the default."""
    from tui.environment import library_place, open_library  # noqa: PLC0415 - --help needs neither pydantic nor tinydb

    return open_library(library_place(place or global_options(context).library))
