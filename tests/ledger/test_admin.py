"""The admin shows the book and lets nobody write in it."""

import pytest
from django.contrib import admin
from django.http import HttpRequest

from fieldcast.ledger.models import Account, Hold, Transfer


@pytest.mark.parametrize("model", [Account, Transfer, Hold])
def test_nobody_writes_in_the_book_by_hand(model: type[Account] | type[Transfer] | type[Hold]) -> None:
    shown = admin.site.get_model_admin(model)
    request = HttpRequest()
    assert not shown.has_add_permission(request)
    assert not shown.has_change_permission(request)
    assert not shown.has_delete_permission(request)
    for made in shown.inlines:
        inline = made(model, admin.site)
        assert not inline.has_add_permission(request, None)
        assert not inline.has_change_permission(request)
