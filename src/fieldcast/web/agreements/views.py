"""Was a version with this hash signed, between whom, when, and is it in force? Anyone may ask."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.agreements import verifying
from fieldcast.web.shared import asking

LONGEST: Final = 400  # a hash with what people copy around it
HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Where a hash is pasted, or a paper chosen, whose hash the page's script reads: the file is not sent."""
    said = asking.words(request, longest=LONGEST)
    found = HASH.search(said.lower())
    if found:
        return redirect("agreement_verify", found[0])
    return render(request, "agreements/verify.html", {"said": said, "nothing": bool(said)})


@require_GET
def verify(request: HttpRequest, sha256: str) -> HttpResponse:
    """What is known of a hash; that nothing is known is an answer too."""
    if not HASH.fullmatch(sha256.lower()):
        return render(request, "agreements/verify.html", {"said": sha256[:LONGEST], "nothing": True})
    shown = verifying.look_up(sha256=sha256.lower(), today=timezone.localdate())
    return render(request, "agreements/verify.html", {"hash": sha256.lower(), "shown": shown, "asked": True})
