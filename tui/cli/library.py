"""`quarterdeck library`: what the operator of a shared library needs once. Loads no Textual."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from sessions.errors import QuarterdeckError
from sessions.sanitize import quoted
from tui.cli.help.next_step import say_next
from tui.cli.output import print_lines

_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")

app = typer.Typer(
    name="library",
    help="A library on a server, which several facilitators share: its configuration and its keys.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("config")
def config(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The library's name: small letters, digits, - and _.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder for the configuration and the keys.")],
    listen: Annotated[str, typer.Option(metavar="HOST:PORT", help="Where the server listens.")] = "127.0.0.1:4222",
    tls_cert: Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE", help="The server's certificate.", show_default=False)] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="The key of the certificate.", show_default=False)] = None,
) -> None:
    """Write a server's configuration, and a secret key for each role: operator, facilitator, follower."""
    from sessions.disk.files import REAL_FILES, make_folder, write_new  # noqa: PLC0415
    from sessions.store.nats.keys import new_key  # noqa: PLC0415
    from sessions.store.nats.names import Names, is_library_name  # noqa: PLC0415
    from sessions.store.nats.roles import ROLES, Tls, server_config  # noqa: PLC0415

    if not is_library_name(name):
        raise QuarterdeckError(f"{quoted(name)} cannot be a library's name: use up to 40 small letters, digits, - and _.")
    if (tls_cert is None) != (tls_key is None):
        raise QuarterdeckError("A certificate needs its key, and a key its certificate: give both --tls-cert and --tls-key.")
    host = listen.rpartition(":")[0]
    if tls_cert is None and host not in _THIS_MACHINE:
        where = f"{quoted(host)} can be reached from other machines" if host else f"{quoted(listen)} is no HOST:PORT"
        raise QuarterdeckError(f"{where}: give --tls-cert and --tls-key too, or listen on 127.0.0.1:4222.")
    if output.exists():
        raise QuarterdeckError(f"{output}: this exists; name a new folder.")
    keys = {role: new_key(os.urandom(32)) for role in ROLES}
    tls = Tls(str(tls_cert.absolute()), str(tls_key.absolute())) if tls_cert and tls_key else None
    folder = output.absolute()
    text = server_config(Names(name), {role: key.public for role, key in keys.items()}, listen, str(folder / "data"), tls)
    make_folder(folder, REAL_FILES)
    write_new(folder / "server.conf", text.encode())
    for role, key in keys.items():
        write_new(folder / f"{role}.key", f"{key.seed}\n".encode())
    print_lines(
        f"Written to {output}: server.conf, and a secret key for each role. Give people their key, never the operator's.",
        f"Start the server: nats-server -c {output / 'server.conf'}",
    )
    say_next("library", "init", f"nats://{listen}/{name}", "--keys", str(output))


@app.command("init")
def init(
    address: Annotated[str, typer.Argument(metavar="nats://HOST[:PORT]/NAME", help="The server, and the library's name.")],
    keys: Annotated[Path | None, typer.Option("--keys", metavar="DIR", help="The folder that `library config` wrote.", show_default=False)] = None,
    replicas: Annotated[int, typer.Option("--replicas", metavar="N", min=1, max=5, help="How many servers of a cluster store the record.")] = 1,
) -> None:
    """Make a library on a running server, as its operator, and check what each role may do there."""
    from tui.environment import extra_nats, nats_login, token  # noqa: PLC0415

    with extra_nats():
        from sessions.store.nats.address import parse  # noqa: PLC0415
        from sessions.store.nats.checking import check_rights, make_library  # noqa: PLC0415
        from sessions.store.nats.roles import ROLES  # noqa: PLC0415

    place = parse(address)
    logins = {role: nats_login(keys and keys / f"{role}.key") for role in (ROLES if keys else ROLES[:1])}
    made = make_library(place, logins["operator"], token(16), replicas)
    problems = check_rights(place, logins)
    print_lines(f"{place}: {'made' if made else 'it was there already, and is as it should be'}. Its server syncs every write.")
    if problems:
        raise QuarterdeckError("; ".join(problems))
    checked = "The rights of each role are checked" if keys else "Give --keys to have the rights of the other roles checked"
    key = keys / "facilitator.key" if keys else "facilitator.key"
    print_lines(
        f"{checked}. No one can delete what is recorded there.",
        f"A session: QUARTERDECK_NATS_CREDENTIALS={key} quarterdeck --library {place} new portfolio.csv",
    )
