"""Which threads a request gets: by what the pages found out about its sender, never by what it says of itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from fieldcast.config.edge.credentials import Known, credential_of, is_good
from fieldcast.config.edge.pages import HASHES
from tests.config.edge.test_cut_forms import sent, signed_in
from tests.factories.accounts import make_county, make_person

PASSWORD = "a-long-Passw0rd"
TELLING = ("login", "signup", "password", "reauthenticate")


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one.name or ""


def test_every_form_that_takes_a_password_has_the_threads_of_passwords() -> None:
    addresses = [
        f"/{address}"
        for address, name in patterns(get_resolver().url_patterns)
        if address.startswith(("accounts/", "admin/")) and any(word in name for word in TELLING)
    ]
    plain = [address for address in addresses if not {"<", "^", "("} & set(address)]
    by_link = {"/accounts/login/code/confirm/", "/admin/password_change/done/"}  # not offered; takes none
    assert {"/accounts/login/", "/accounts/signup/", "/admin/login/"} <= set(plain)
    assert [one for one in plain if one not in by_link and not HASHES.fullmatch(one)] == []


def test_what_a_request_shows_is_its_session_and_its_token() -> None:
    assert credential_of({}) is None
    assert credential_of({b"cookie": b"csrftoken=x; theme=dark"}) is None
    assert credential_of({b"cookie": b"a=1; sessionid=s"}) == ("s", "")
    assert credential_of({b"authorization": b"Bearer fc_x"}) == ("", "Bearer fc_x")


def test_who_was_good_is_known_for_a_while_and_the_longest_unseen_forgotten_first() -> None:
    known = Known(seconds=60, most=2)
    for name in "abc":
        known.remember((name, ""))
    assert [known.has((name, "")) for name in "abc"] == [False, True, True]
    known.forget(("b", ""))
    assert not known.has(("b", ""))
    brief = Known(seconds=0, most=2)
    brief.remember(("a", ""))
    assert not brief.has(("a", ""))
    assert not known.has(None)


@pytest.mark.django_db(transaction=True)
def test_only_a_session_or_token_of_someone_is_good(tmp_path: Path) -> None:
    headers = signed_in(make_person(county_id=make_county()))
    credential = credential_of({b"cookie": headers["cookie"].encode()})
    assert credential is not None
    assert is_good(credential)
    assert not is_good(("invented", "Bearer fc_invented"))
    assert sent(tmp_path, "/accounts/logout/", b"x=1", headers, arrives=3)[0] == 302
    assert not is_good(credential)
