"""The root of all addresses."""

from django.contrib import admin
from django.http import Http404
from django.urls import include, path, re_path
from django.views import defaults
from django.views.generic import RedirectView

from fieldcast.api.v1 import api
from fieldcast.config.media import media_file

# allauth's pages for e-mail and for changing a number by SMS have no place here: there is neither.
NOT_OFFERED = r"^accounts/(?:(?:email|phone|confirm-email|verify-email|login/code)\b|password/reset/.)"

urlpatterns = [
    # a number is no address to which a link could be sent: there is a page of ours for that
    path("accounts/password/reset/", RedirectView.as_view(pattern_name="forgotten")),
    path("", include("fieldcast.web.urls")),
    path("api/v1/", api.urls),
    re_path(NOT_OFFERED, defaults.page_not_found, {"exception": Http404()}),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("media/<path:name>", media_file, name="media"),
]

handler400 = "fieldcast.config.failures.bad_request"
handler500 = "fieldcast.config.failures.server_error"
