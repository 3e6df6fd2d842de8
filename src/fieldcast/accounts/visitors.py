"""Who a request counts for, where something is limited."""

from django.conf import settings
from django.http import HttpRequest

from fieldcast.kit.address import client_address, counted_as, is_this_machine


def address_of(request: HttpRequest) -> str:
    """The address that limits count by: an IPv4 address or the network of an IPv6 one."""
    return counted_as(
        client_address(
            peer=str(request.META.get("REMOTE_ADDR", "")),
            forwarded=request.headers.get("X-Forwarded-For", ""),
            proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        )
    )


def who(request: HttpRequest) -> str | None:
    """Someone signed in counts for himself, others for their address; None for this machine, which is no visitor."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    address = address_of(request)
    return None if is_this_machine(address) else f"address {address}"
