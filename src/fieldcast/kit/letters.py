"""Of which letters a text is made."""

import re
from typing import Final

_CHINESE: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def has_chinese(text: str) -> bool:
    """Is there a Chinese character in it?"""
    return _CHINESE.search(text) is not None
