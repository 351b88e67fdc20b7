"""The addresses under which phones may reach this machine: those of real networks first, of tunnels and bridges last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address
from typing import NamedTuple

_VIRTUAL = re.compile(
    r"(?i).*\b(virtual|hyper-v|vpn|tunnel|anyconnect|bluetooth)\b|docker|br-|bridge|veth|vir|vmnet|vbox|vethernet|tun|tap|utun|wg|tailscale|zt|ppp|lxc|lxd|cni|flannel|cali|podman|awdl|llw|ipsec|anpi|nebula"
)
"""The names of interfaces that no phone is on: on Windows a description, elsewhere a short name that begins like this."""


class Address(NamedTuple):
    """An address of this machine, the interface that has it, and whether phones are likely to be on its network."""

    ip: str
    interface: str
    likely: bool


def addresses() -> list[Address]:
    """Return the addresses of this machine but its own loopback, the likeliest first."""
    from ifaddr import get_adapters  # noqa: PLC0415 - of the extra `room`: the list can be sorted without it

    return ranked((str(ip.ip), adapter.nice_name) for adapter in get_adapters() for ip in adapter.ips if ip.is_IPv4)


def ranked(found: Iterable[tuple[str, str]]) -> list[Address]:
    """Return addresses with their interfaces, the likeliest first: real interfaces, private networks, then the rest."""
    known = [Address(ip, name, _likely(IPv4Address(ip), name)) for ip, name in found if not IPv4Address(ip).is_loopback]
    return sorted(known, key=lambda each: (not each.likely, not IPv4Address(each.ip).is_private))


def _likely(ip: IPv4Address, interface: str) -> bool:
    return not _VIRTUAL.match(interface) and not ip.is_link_local
