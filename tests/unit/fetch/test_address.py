"""Which addresses are on the public internet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.fetch.address import is_public, resolve
from etl.fetch.errors import FetchError, TryAgain

PRIVATE = ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"]
PRIVATE_6 = ["::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"]


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_6])
def test_private_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450::1"])
def test_public_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_address_within_an_ipv6_address_is_what_it_is_alone(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}") == is_public(str(address))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1"])
def test_this_machine_is_forbidden_by_any_name(host: str) -> None:
    with pytest.raises(FetchError) as forbidden:
        resolve(host, 80, is_private_allowed=False)
    assert forbidden.value.reason_code == "fetch_forbidden"


@pytest.mark.parametrize("host", ["nobody.invalid", "a b", "a\0b", "x" * 300])
def test_name_that_is_none_is_a_failure_that_may_pass(host: str) -> None:
    with pytest.raises(TryAgain):
        resolve(host, 80, is_private_allowed=True)
