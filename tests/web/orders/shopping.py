"""A buyer at the buy sheet, as a browser is: what it was shown it sends back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.accounts.operations import save_address
from fieldcast.accounts.types import AddressBook
from tests.factories.trade import Sale, make_buyer
from tests.web.shared.desk import sign_in

HTMX = {"HX-Request": "true"}
TYPED = {
    "to-recipient": "王秀兰",
    "to-phone": "139 0013 9000",
    "to-province": "黑龙江省",
    "to-city": "哈尔滨市",
    "to-district": "道里区",
    "to-line": "中央大街 12 号",
    "to-keep": "on",
}


@dataclass
class Shopper:
    """Someone with a browser and one address."""

    person: Person
    home: AddressBook
    client: Client = field(default_factory=Client)

    def look(self, offer_id: int, **headers: str) -> Any:
        """Open the sheet."""
        return self.client.get(f"/buy/{offer_id}/", headers=headers)

    def fill(self, offer_id: int, **changes: str) -> dict[str, str]:
        """What the browser would send of a fresh sheet: one pack to the address at home, and `changes`."""
        page = self.look(offer_id).content.decode()
        return {"units": "1", "address": str(self.home.id), **hidden_in(page), **changes}

    def send(self, offer_id: int, form: Mapping[str, str], **headers: str) -> Any:
        """Send a sheet."""
        return self.client.post(f"/buy/{offer_id}/", data=dict(form), headers=headers)


def hidden_in(page: str) -> dict[str, str]:
    """The sheet's hidden fields."""
    found = re.findall(r'<input type="hidden" name="(key|seen_price_fen)" value="([^"]*)"', page)
    return dict(found)


def make_shopper(sale: Sale, name: str = "小满") -> Shopper:
    """A buyer, signed in."""
    person = make_buyer(sale, name)
    home = save_address(
        by=person,
        recipient="李小满",
        phone="13800138000",
        province="浙江省",
        city="杭州市",
        line="文三路 90 号",
    )
    shopper = Shopper(person=person, home=home)
    sign_in(shopper.client, person)
    return shopper


def is_checkout(url: str) -> bool:
    """Does the address lead to the payment provider?"""
    return url.startswith(f"{settings.PROVIDER_URL}/pay?")


def reference_in(url: str) -> str:
    """The payment a checkout address is for."""
    return parse_qs(urlsplit(url).query)["reference"][0]
