"""Whose address a request counts for. What a stranger can write into a header himself never counts."""

import ipaddress

IPV6_PREFIX = 64  # one household or phone holds at least that many addresses of its own


def client_address(*, peer: str, forwarded: str, proxies: int) -> str:
    """The address that the outermost of our `proxies` saw, by `X-Forwarded-For`; without proxies the `peer` itself.

    A request with fewer addresses than there are proxies did not come through them all; it counts as its sender's.
    """
    said = [part.strip() for part in forwarded.split(",")]
    return said[-proxies] if proxies and len(said) >= proxies and said[-proxies] else peer


def counted_as(address: str) -> str:
    """What limits count by: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network(f"{found}/{IPV6_PREFIX}", strict=False).network_address)


def is_this_machine(address: str) -> bool:
    """Does the address lead back to this very machine? Then it is a proxy of ours or a test, never a visitor."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
