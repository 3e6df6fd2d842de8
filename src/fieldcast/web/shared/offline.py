"""Forms that can be opened and filled without a signal: the phone keeps the page, and its outbox what was filled in.

The answer names its owner, so that the phone shows it to nobody else who uses it. See `static/fieldcast/offline/`.
"""

from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

WRITER: Final = "Record-Writer"  # what a phone sends a record with: whose it is
OWNER: Final = "Offline-Owner"
TITLE: Final = "Offline-Title"  # percent-encoded UTF-8: a header is ASCII


class AnothersRecord(Problem):
    """A record that waited on a phone is sent while somebody else is signed in there."""

    code = "anothers_record"
    status = 403
    sentence = _("Someone else wrote this down.")
    next_step = _("It waits on the phone until they sign in there again.")


def require_writer(request: HttpRequest) -> None:
    """Raise `AnothersRecord` for a record that was written by someone other than who is signed in now."""
    if request.headers.get(WRITER, str(request.user.pk)) != str(request.user.pk):
        raise AnothersRecord


def kept(request: HttpRequest, response: HttpResponse, *, title: str) -> HttpResponse:
    """Let the phone keep this page for whoever is signed in; `title` is what its list of kept forms shows."""
    if request.method == "GET" and request.user.pk is not None:
        response.headers[OWNER] = str(request.user.pk)
        response.headers[TITLE] = quote(title)
    return response
