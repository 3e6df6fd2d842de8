"""The worker, served from the root so that it may answer for every page, and the page of what is on this phone."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from fieldcast.web.offline import shell


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which shell it keeps, then its script. A browser takes a changed one for a new version."""
    kept = {"version": shell.version(), "pages": shell.pages(), "parts": shell.parts()}
    script = f"const SHELL = {json.dumps(kept)};\n{shell.worker_source()}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """What waits on this phone, in the reader's language. The phone fills it in: the platform knows nothing of it."""
    return render(request, "offline/offline.html")


@require_GET
def in_language(request: HttpRequest, language: str) -> HttpResponse:
    """The same page in a language, to be kept on the phone and shown where there is no signal."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return render(request, "offline/offline.html")
