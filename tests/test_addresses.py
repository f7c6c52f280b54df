"""Which network addresses may be connected to: public ones, whatever notation hides another."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.web.addresses import PUBLIC_PORTS, check_address, guarded_socket, is_public
from transforms.web.urls import absolute_url

PUBLIC = ["8.8.8.8", "1.1.1.1", "192.0.1.1", "168.63.129.17", "2606:4700:4700::1111", "2a00:1450:4001::200e"]

REFUSED = {
    "loopback": ["127.0.0.1", "127.255.255.254", "::1"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
    "carrier NAT": ["100.64.0.1", "100.127.255.255"],
    "link-local": ["169.254.0.1", "fe80::1", "fe80::1%eth0"],
    "cloud metadata": ["169.254.169.254", "168.63.129.16", "192.0.0.192", "100.100.100.200", "fd00:ec2::254"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::"],
    "multicast": ["224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
    "broadcast": ["255.255.255.255"],
    "reserved": ["240.0.0.1", "192.0.0.1", "192.88.99.1", "198.18.0.1", "5f00::1", "3fff::1", "fec0::1"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"],
    "IPv4-mapped": ["::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1"],
    "IPv4-compatible": ["::127.0.0.1", "::a9fe:a9fe"],
    "SIIT": ["::ffff:0:127.0.0.1", "::ffff:0:a9fe:a9fe"],
    "NAT64": ["64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"],
    "6to4": ["2002:a9fe:a9fe::", "2002:7f00:1::1", "2002:0a00:1::"],
    "Teredo": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_reached(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [address for group in REFUSED.values() for address in group])
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Failure, match="not a public address") as refused:
        check_address(address, 80)
    assert refused.value.reason == "private_address" and not refused.value.transient


def test_a_public_address_in_a_mapped_notation_is_public() -> None:
    assert is_public("::ffff:8.8.8.8")


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_another_is_never_more_public(address) -> None:
    hidden = int(address)
    for prefix in ("::", "::ffff:0:0:0", "64:ff9b::", "2002::"):
        packed = hidden << 80 if prefix == "2002::" else hidden
        whole = int.from_bytes(socket.inet_pton(socket.AF_INET6, prefix), "big") | packed
        assert not is_public(socket.inet_ntop(socket.AF_INET6, whole.to_bytes(16, "big")))
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@pytest.mark.parametrize("port", sorted(PUBLIC_PORTS))
def test_the_ports_of_the_web_are_open(port: int) -> None:
    check_address("8.8.8.8", port)


@pytest.mark.parametrize("port", [0, 22, 25, 3306, 6379, 9200, 65535])
def test_other_ports_are_not(port: int) -> None:
    with pytest.raises(Failure) as refused:
        check_address("8.8.8.8", port)
    assert refused.value.reason == "port"


LOOPBACK = "127.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 127.0.0.1. 127\u30020\u30020\u30021".split()
LOOPBACK += ["\uff11\uff12\uff17.\uff10.\uff10.\uff11", "\u246b\u2466.0.0.1"]  # full-width and circled digits


@pytest.mark.parametrize("host", LOOPBACK)
def test_every_way_to_write_loopback_becomes_plain_before_it_is_judged(host: str) -> None:
    assert absolute_url(f"http://{host}/", "") == "http://127.0.0.1/"


def test_the_socket_is_opened_only_after_the_judgement() -> None:
    info = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", 80))
    with pytest.raises(Failure, match="allow_private_addresses"):
        guarded_socket(allow_private=False)(info)
    with guarded_socket(allow_private=True)(info) as opened:
        assert opened.family == socket.AF_INET
