"""Which network addresses a feed or a page may lead us to: public ones, whatever notation hides another.

`ipaddress.is_global` alone lets through multicast, NAT64, 6to4, IPv4-compatible and a few more; each of them can
carry a private IPv4 address, so the embedded address is judged as well.
"""

import ipaddress
import socket
from collections.abc import Callable

import aiohttp

from transforms.errors import Failure

PUBLIC_PORTS = frozenset({80, 443, 8080, 8443})

_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # a cloud's metadata service, in public space
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",  # IPv4-compatible
        "::ffff:0:0:0/96",  # SIIT
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2001::/23",  # IETF protocols, Teredo among them
        "2002::/16",  # 6to4
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def is_public(address: str) -> bool:
    """Whether an IP address (text) belongs to the public internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip.version == network.version and ip in network for network in _REFUSED)


def guarded_socket(allow_private: bool) -> Callable[[tuple], socket.socket]:
    """A socket factory for aiohttp: called with the very address that is about to be connected to, after look-up.

    So a name that resolves to another address the second time, a redirect and a literal are all judged alike.
    Raises Failure `private_address` or `port`.
    """

    def open_socket(address_info: tuple) -> socket.socket:
        family, kind, protocol, _, address = address_info
        if not allow_private:
            check_address(address[0], address[1])
        return socket.socket(family, kind, protocol)

    return open_socket


class PublicResolver(aiohttp.ThreadedResolver):
    """Looks names up, and refuses one whole if any of its addresses is not public: whoever mixes them means no good.

    What is connected to later is judged again by `guarded_socket`. Failure `private_address`.
    """

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list:
        """All addresses of a name."""
        found = await super().resolve(host, port, family)
        for each in found:
            check_address(each["host"], port)
        return found


def check_address(host: str, port: int) -> None:
    """Failure unless `host` (an IP address) and `port` are public."""
    if not is_public(host):
        cure = "set fetch.allow_private_addresses to allow it"
        raise Failure("private_address", f"{host} is not a public address; {cure}")
    if port not in PUBLIC_PORTS:
        raise Failure("port", f"port {port} is not a port of the public web")
