"""Names that providers give to notices, as our tables can hold them: no two of theirs become one of ours.

A provider's name is any text: longer than a column, with characters no database stores, or like one of our own. Most
are none of this and stand as they are; of the others the beginning is kept to be read, and the fingerprint of the
whole tells them apart.
"""

import base64
import hashlib
from typing import Final

LONGEST_ID: Final = 64
LONGEST_REFERENCE: Final = 40
BEGINNING: Final = 20
UNREAD: Final = f"{'unread':_<{BEGINNING}}"  # where a notice gives itself no name we can read
MARK: Final = "~"  # behind the beginning; 43 letters of fingerprint follow, 64 in all
OURS: Final = "asked:"  # under which our own questions are written down


def notice_id(given: str) -> str:
    """The name under which a notice is locked, kept and found again."""
    if storable(given) and len(given) <= LONGEST_ID and not given.startswith(OURS) and not _made_here(given):
        return given
    plain = "".join(letter if letter.isprintable() else "_" for letter in given[:BEGINNING])
    return f"{plain:_<{BEGINNING}}{MARK}{_fingerprint(given.encode('utf-8', 'surrogatepass'))}"


def of_bytes(body: bytes) -> str:
    """The name of a notice that gives itself none we can read."""
    return f"{UNREAD}{MARK}{_fingerprint(body)}"


def readable(name: str) -> str:
    """What a person can read of a notice's name: the beginning of one made here, "" where there was none."""
    if not _made_here(name):
        return name
    beginning = name[:BEGINNING]
    return "" if beginning == UNREAD else f"{beginning.rstrip('_')}…"


def reference(given: str) -> str:
    """What a notice is about, to be shown and looked for. One that no payment of ours can have is cut and marked so."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in given)
    return shown if len(shown) <= LONGEST_REFERENCE else f"{shown[: LONGEST_REFERENCE - 1]}…"


def storable(text: str) -> bool:
    """Can PostgreSQL keep it as text? It keeps no NUL, and UTF-8 no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _made_here(given: str) -> bool:
    """Does it look like one of those below? Then it is one only when it was made here."""
    return len(given) == LONGEST_ID and given[BEGINNING] == MARK


def _fingerprint(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
