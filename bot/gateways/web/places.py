"""Where a visitor comes from, for limits alone: it is neither stored nor logged."""

from collections.abc import Collection, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from aiohttp import web

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

FORWARDED_FOR = "X-Forwarded-For"
HOUSEHOLD = 64
"""Bits of an IPv6 address that name a household: all addresses below them are one visitor's to choose."""


def place_of(request: web.Request, trusted: Collection[Network]) -> str:
    """Return the name of the place that a request comes from; "" if nobody knows it.

    Each proxy adds at the right whom it was called by. So the list is read from there, past the
    proxies that are trusted, up to the first address that is none: what stands further left,
    anybody can have written.
    """
    found = _read(request.remote or "")
    for before in _told_by_proxies(request):
        if found is None or not any(found in network for network in trusted):
            break
        address = _read(before)
        if address is None:
            break
        found = address
    return _name(found) if found else ""


def _told_by_proxies(request: web.Request) -> Iterator[str]:
    """Yield the addresses in the headers, the one added last first."""
    for header in reversed(request.headers.getall(FORWARDED_FOR, ())):
        yield from reversed(header.split(","))


def _read(text: str) -> Address | None:
    """Read an address as proxies write it: with a port or without, IPv6 in brackets or bare."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    # A socket for both kinds tells an IPv4 address in the clothes of IPv6.
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def _name(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), HOUSEHOLD), strict=False))
