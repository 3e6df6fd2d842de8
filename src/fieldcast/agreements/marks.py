"""The hash of a version: SHA-256 over the canonical JSON of what was agreed: a paper leads back to its terms by it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

HEX: Final = 64


def hash_of(*, agreement_id: int, number: int, parties: Mapping[str, int], terms: Mapping[str, Any]) -> str:
    """64 hexadecimal digits. `terms` are as they are kept, `parties` the organisation of each role.

    Anyone may recompute it: names sorted, no spaces, UTF-8.
    """
    content = {"agreement": agreement_id, "number": number, "parties": dict(parties), "terms": dict(terms)}
    kept = json.loads(json.dumps(content))  # as the database gives it back: every name is a text
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
