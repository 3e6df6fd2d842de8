"""Forms that can be opened and filled without a signal: the phone keeps the page, and its outbox what was filled in.

The answer names its owner, so that the phone shows it to nobody else who uses it. See `static/fieldcast/offline/`.
"""

from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

OWNER: Final = "Offline-Owner"
TITLE: Final = "Offline-Title"  # percent-encoded UTF-8: a header is ASCII


def kept(request: HttpRequest, response: HttpResponse, *, title: str) -> HttpResponse:
    """Let the phone keep this page for whoever is signed in; `title` is what its list of kept forms shows."""
    if request.method == "GET" and request.user.pk is not None:
        response.headers[OWNER] = str(request.user.pk)
        response.headers[TITLE] = quote(title)
    return response
