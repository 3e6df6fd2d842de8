"""How large a body may be, by who sends it and to where."""

from typing import Final

from fieldcast.kit.tables import Limits

KB: Final = 1024
MB: Final = 1024 * KB

UNSIGNED: Final = 64 * KB  # a form, a like, a payment provider's notice
ORDINARY: Final = 4 * MB  # as DATA_UPLOAD_MAX_MEMORY_SIZE
AROUND_A_FILE: Final = 1 * MB  # the other fields of its form
FILES: Final = {"/coop/outside/upload/": Limits().file_bytes + AROUND_A_FILE}


def most(path: str) -> int:
    """The most bytes that someone who is signed in may send to `path`."""
    return FILES.get(path, ORDINARY)
