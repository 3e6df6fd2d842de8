"""Every page's address: each domain's own, under its own prefix."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from fieldcast.web import health
from fieldcast.web.shared.pictures import favicon

urlpatterns: list[URLPattern | URLResolver] = [
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", favicon),  # programs ask there, whatever a page says
    path("", include("fieldcast.web.home.urls")),
    path("", include("fieldcast.web.offline.urls")),
    path("live/", include("fieldcast.web.live.urls")),
    path("", include("fieldcast.web.orders.urls")),
    path("lots/", include("fieldcast.web.lots.urls")),
    path("agreements/", include("fieldcast.web.agreements.urls")),
    path("lab/", include("fieldcast.web.lab.urls")),
    path("", include("fieldcast.web.entrance.urls")),
    path("join/", include("fieldcast.web.joining.urls")),
    path("me/", include("fieldcast.web.me.urls")),
    path("centre/", include("fieldcast.web.centre.urls")),
    path("studio/", include("fieldcast.web.studio.urls")),
    path("coop/", include("fieldcast.web.coop.urls")),
    path("county/", include("fieldcast.web.county.urls")),
    path("farm/", include("fieldcast.web.farm.urls")),
    path("carrier/", include("fieldcast.web.carrier.urls")),
    path("office/", include("fieldcast.web.office.urls")),
    path("statements/", include("fieldcast.web.statements.urls")),
    path("payments/", include("fieldcast.web.payments.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("fieldcast.web.demo.urls")))
