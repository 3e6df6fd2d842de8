"""What is asked at the doors of letters between buyers and sellers."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

A: Final = "/api/v1"


def _sends(**send: Any) -> Callable[[Scene, str], Ask]:
    return lambda _scene, _role: Ask(send=send)


WRITES: Final = _sends(words="好的")
LETTER_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /me/orders/<str:number>/letters/": WRITES,
    "POST /lots/<int:lot_id>/letters/": WRITES,
    "POST /coop/orders/<str:number>/letter/": WRITES,
    "POST /coop/letters/<int:conversation_id>/": WRITES,
    "POST /county/letters/<int:conversation_id>/": WRITES,
    "POST /county/letters/<int:conversation_id>/ [late]": WRITES,
    f"POST {A}/orders/<number>/letters": WRITES,
    f"POST {A}/orders/<number>/letters-to-buyer": WRITES,
    f"POST {A}/lots/<lot_id>/letters": WRITES,
    f"POST {A}/conversations/<conversation_id>/letters": WRITES,
    f"POST {A}/conversations/<conversation_id>/letters [late]": WRITES,
    f"POST {A}/conversations/<conversation_id>/close": _sends(reason="辱骂"),
    f"POST {A}/conversations/<conversation_id>/close [late]": _sends(reason="辱骂"),
    f"POST {A}/conversations/<conversation_id>/county [closed]": WRITES,
    f"POST {A}/conversations/<conversation_id>/no-answer": _sends(reason="只是道谢"),
}
