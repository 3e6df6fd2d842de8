"""Photos that come with a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from fieldcast.files.sent import Photo

T = TypeVar("T")


def drawn_photos(request: HttpRequest, draw: Callable[..., T]) -> T:
    """What `draw` makes of the `photos` of a form.

    The claim reads them again afterwards: the same form is the same only with the same pictures.
    """
    sent: list[Any] = request.FILES.getlist("photos")
    drawn = draw(photos=[Photo(name=one.name, size=one.size, stream=one) for one in sent])
    for one in sent:
        one.seek(0)
    return drawn
