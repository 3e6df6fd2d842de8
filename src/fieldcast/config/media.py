"""Serves pictures and video segments on one machine; past it, nginx or a CDN does."""

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from fieldcast.live.video.sources import folders

TYPES = {
    ".svg": "image/svg+xml",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/iso.segment",
}
PICTURES = "pictures"
A_DAY = 24 * 3600
DRAWINGS_KEPT = 256  # packed, in memory: some kilobytes each


def media_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of `pictures/`, or of a source of video, under the media root, and of nowhere else."""
    if "\x00" in name:  # no file system has such a name, and asking for it is an error of its own
        raise Http404
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if not path.is_file() or not any(path.is_relative_to(root / place) for place in (PICTURES, *folders())):
        raise Http404
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = _drawn(request, path, kind) or FileResponse(path.open("rb"), content_type=kind)
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    response["Last-Modified"] = http_date(path.stat().st_mtime)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _drawn(request: HttpRequest, path: Path, kind: str) -> HttpResponse | None:
    """A drawing, which is text, in a third of its size for who can unpack it; None for everything else."""
    if path.suffix != ".svg" or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return None
    response = HttpResponse(_packed(path, path.stat().st_mtime_ns), content_type=kind)
    response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=DRAWINGS_KEPT)
def _packed(path: Path, _changed_at: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
