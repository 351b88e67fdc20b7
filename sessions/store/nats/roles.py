"""What each role may do on a server, and a server's configuration that says so.

The operator creates the library. A facilitator appends to its sessions and can delete nothing of them. A follower hears what is recorded, and has no
rights on the stream.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

from sessions.store.nats.names import Names

Role = Literal["operator", "facilitator", "follower"]
ROLES: tuple[Role, ...] = get_args(Role)

PROOF = "quarterdeck.proof"
"""Asks every server how it keeps what it acknowledges: the system's account answers, and exports nothing else."""
WHO_AM_I = "$SYS.REQ.USER.INFO"
"""Asks a server what the connection may do."""


class Permissions(NamedTuple):
    """The subjects that a role may publish and subscribe to; `answers`: it may reply to a request."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]
    answers: bool = False


def permissions(names: Names, role: Role, key: str = "*") -> Permissions:
    """Return what a role may do in a library, as tried on server 2.15.1. A follower with this public key hears only the answers to itself."""
    api = "$JS.API"
    if role == "follower":
        return Permissions((names.asking("*"), WHO_AM_I), (f"_INBOX.{key}.>", names.feed("*")))
    reading = [
        f"{api}.{request}.{stream}{rest}"
        for stream in (names.stream, names.bucket_stream)
        for request, rest in (
            ("STREAM.INFO", ""),
            ("STREAM.MSG.GET", ""),
            ("DIRECT.GET", ""),
            ("DIRECT.GET", ".>"),
            ("CONSUMER.CREATE", ""),
            ("CONSUMER.CREATE", ".>"),
            ("CONSUMER.INFO", ".*"),
            ("CONSUMER.MSG.NEXT", ".*"),
            ("CONSUMER.DELETE", ".*"),
        )
    ]
    subscribe = ("_INBOX.>", names.feed("*"), names.asking("*"), names.lease("*"))
    using = (names.subject("*"), f"$KV.{names.bucket}.>", PROOF, WHO_AM_I, f"{api}.INFO", *reading)
    if role == "facilitator":
        return Permissions(using, subscribe, answers=True)
    making = [f"{api}.STREAM.CREATE.{stream}" for stream in (names.stream, names.bucket_stream)]
    return Permissions((*using, *making), subscribe, answers=True)


def wrong_rights(names: Names, role: Role, told: Mapping[str, Any]) -> str:
    """Return what is wrong with the rights of a role, as a sentence; empty if nothing is. `told` is the server's answer to `WHO_AM_I`."""
    publish = (told.get("permissions") or {}).get("publish") or {}
    granted, denied = publish.get("allow") or [">"], publish.get("deny") or []

    def may(subject: str) -> bool:
        return _covers(granted, subject) and not _covers(denied, subject)

    needed = permissions(names, role).publish
    if lacking := [subject for subject in needed if not may(subject.replace(">", "x").replace("*", "x"))]:
        return f"the {role}'s key may not use {lacking[0]}, which it needs"
    # Anyone who may change a stream's settings can have it forget all but the last records.
    acts = ("DELETE", "PURGE", "UPDATE", "MSG.DELETE", *(["CREATE"] if role != "operator" else []))
    forbidden = [f"$JS.API.STREAM.{act}.{names.stream}" for act in acts]
    if role == "follower":
        forbidden += [names.subject("x"), f"$JS.API.STREAM.MSG.GET.{names.stream}"]
    return next((f"the {role}'s key may use {subject}, and must not" for subject in forbidden if may(subject)), "")


def _covers(patterns: list[str], subject: str) -> bool:
    return any(_matches(pattern.split("."), subject.split(".")) for pattern in patterns)


def _matches(pattern: list[str], subject: list[str]) -> bool:
    for place, token in enumerate(pattern):
        if token == ">":
            return len(subject) > place
        if place >= len(subject) or token not in ("*", subject[place]):
            return False
    return len(pattern) == len(subject)


class Tls(NamedTuple):
    """The files of a server's certificate and its key."""

    certificate: str
    key: str


def server_config(names: Names, keys: Mapping[Role, str], listen: str, folder: str, tls: Tls | None = None) -> str:
    """Return the configuration of one server for a library: `keys` are the public keys of the roles, `folder` holds its data.

    Every append is synced to disk, no address but `listen` is bound, and each role has its permissions only.
    """
    users = ",\n".join(_user(names, role, key) for role, key in keys.items())
    secured = f"\ntls {{\n  cert_file: {_text(tls.certificate)}\n  key_file: {_text(tls.key)}\n}}" if tls else ""
    return f"""\
# A server for the Quarterdeck library {names.library}. Needs nats-server 2.12.1 or later.
listen: {_text(listen)}
server_name: {_text(f"quarterdeck-{names.library}")}{secured}

jetstream {{
  store_dir: {_text(folder)}
  sync_interval: always  # an acknowledged event is on disk; Quarterdeck refuses a server without it
}}

system_account: SYS
accounts {{
  SYS {{
    exports: [{{ service: "$SYS.REQ.SERVER.PING.JSZ", response: stream }}]
  }}
  QUARTERDECK {{
    jetstream: enabled
    imports: [{{ service: {{ account: SYS, subject: "$SYS.REQ.SERVER.PING.JSZ" }}, to: {_text(PROOF)} }}]
    users: [
{users}
    ]
  }}
}}
"""


def _user(names: Names, role: Role, key: str) -> str:
    allowed = permissions(names, role, key)
    answers = ", allow_responses: true" if allowed.answers else ""
    return (
        f"      {{ nkey: {key}, permissions: {{  # {role}\n"
        f"        publish: {json.dumps(allowed.publish)}\n"
        f"        subscribe: {json.dumps(allowed.subscribe)}{answers} }} }}"
    )


def _text(text: str) -> str:
    return json.dumps(text)
