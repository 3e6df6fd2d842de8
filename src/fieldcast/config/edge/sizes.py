"""How large a body may be, by who sends it and to where."""

import re
from typing import Final

from fieldcast.files.types import LIMITS
from fieldcast.kit.tables import Limits

KB: Final = 1024
MB: Final = 1024 * KB

UNSIGNED: Final = 64 * KB  # a form, a like, a payment provider's notice
ORDINARY: Final = 4 * MB  # as DATA_UPLOAD_MAX_MEMORY_SIZE
AROUND_A_FILE: Final = 1 * MB  # the other fields of its form
PHOTOS_TOGETHER: Final = 32 * MB  # of a phone without script, which sends them as they are
# where files are handed in, and the largest there
FILES: Final = (
    (re.compile(r"/coop/outside/upload/"), Limits().file_bytes + AROUND_A_FILE),
    (re.compile(r"/me/orders/[A-Za-z0-9-]{1,24}/refund/"), PHOTOS_TOGETHER + AROUND_A_FILE),
    (re.compile(r"/me/orders/[A-Za-z0-9-]{1,24}/letters/"), PHOTOS_TOGETHER + AROUND_A_FILE),
    (
        re.compile(r"/(?:lots/[0-9]{1,17}/letters|(?:coop|county)/letters/[0-9]{1,17})/"),
        PHOTOS_TOGETHER + AROUND_A_FILE,
    ),
    (re.compile(r"/join/(new/seller|mine/[0-9]{1,17})/"), PHOTOS_TOGETHER + AROUND_A_FILE),
    (
        re.compile(r"/coop/lots/[0-9]{1,17}/files/"),
        max(limits.most_bytes for limits in LIMITS.values()) + AROUND_A_FILE,
    ),
)


def most(path: str) -> int:
    """The most bytes that someone who is signed in may send to `path`."""
    return next((size for where, size in FILES if where.fullmatch(path)), ORDINARY)
