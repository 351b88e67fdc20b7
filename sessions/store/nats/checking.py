"""All that an operator makes and checks of a library, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sessions.store.nats.address import Address
from sessions.store.nats.asking import own_rights
from sessions.store.nats.login import Login
from sessions.store.nats.making import make
from sessions.store.nats.roles import Role, wrong_rights
from sessions.store.nats.wire import Wire


def make_library(address: Address, operator: Login, identity: str, replicas: int) -> bool:
    """Make the missing parts of a library, and return whether there were any. Raises RecordError."""
    wire = Wire(address, operator)
    try:
        return wire.ask(lambda: make(wire, identity, replicas), seconds=20)
    finally:
        wire.close()


def check_rights(address: Address, logins: Mapping[Role, Login]) -> list[str]:
    """Return what is wrong with the rights of these roles, a sentence each. Raises RecordError."""
    said = ((role, _who_am_i(Wire(address, login))) for role, login in logins.items())
    return [wrong for role, told in said if (wrong := wrong_rights(address.names, role, told))]


def _who_am_i(wire: Wire) -> dict[str, Any]:
    try:
        return wire.ask(lambda: own_rights(wire))
    finally:
        wire.close()
