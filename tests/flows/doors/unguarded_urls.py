"""Two pages as they must not be: one that asks nobody who they are, one that writes before it refuses."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_GET, require_POST

from fieldcast.accounts.models import Person


@require_GET
def secrets(request: HttpRequest) -> HttpResponse:
    """Shown to anyone."""
    return HttpResponse("everything")


@require_POST
def rename_everyone(request: HttpRequest) -> HttpResponse:
    """Refused too late."""
    Person.objects.update(display_name="谁")
    raise Http404


urlpatterns = [
    path("", include("fieldcast.config.urls")),
    path("county/secrets/", secrets),
    path("county/names/", rename_everyone),
]
