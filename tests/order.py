"""In which order and by which process tests are run that take long, so that all processes of a run end together.

A file is run by one process, as with `--dist loadfile`: what it starts is started once. What waits most of its time
for programs to die and to come back is run by one process as well, beside the others, which have the machine meanwhile.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
# It starts programs of its own, none of them the platform with the demo county (`server`), and waits for them.
WAITING = (
    "flows/test_kills.py",
    "config/test_watching.py",
    "config/test_wanted.py",
    "config/test_runner.py",
)
# Then those that take longest, first of them what looks at the demo county, so that it stands for two processes only.
# While one makes it for the first, the other has what needs none.
LONGEST_FIRST = (
    *WAITING,
    "flows/test_cooperative_walk.py",
    "flows/test_hostile_forms.py",
    "demo/test_county.py",  # one of its own
    "web/coop/test_in_browser.py",
    "flows/test_buyer_walk.py",
    "web/live/test_room_in_browser.py",
    "flows/test_lab_walk.py",
    "web/studio/test_in_browser.py",
    "flows/test_rehearsal.py",
    "web/offline/test_without_signal.py",
    "web/county/test_in_browser.py",
    "config/test_server.py",
    "docs/test_examples.py",
    "flows/test_every_door.py",
    "config/test_migrating.py",
    "flows/test_hostile_requests.py",
    "api/test_schema.py",
    "kit/jobs/test_worker.py",
    "trade/providers/test_notices.py",
    "live/video/test_playback.py",
    "web/base/test_scripts.py",
    "web/test_lists.py",
    "config/edge/test_slow_clients.py",
)
PLACES = {HERE / name: place for place, name in enumerate(LONGEST_FIRST)}


def longest_first(items: list[pytest.Item], *, then: Callable[[pytest.Item], Any]) -> None:
    """Put tests into the order in which they are to be begun; the many short files come last, `then` by this key."""
    items.sort(key=lambda item: (PLACES.get(item.path, len(PLACES)), then(item)))


def belongs_to(nodeid: str, waiting: Iterable[str] = WAITING) -> str:
    """What a test is run together with: its file, or all that waits."""
    file = nodeid.partition("::")[0]
    return "what waits" if file.endswith(tuple(f"tests/{name}" for name in waiting)) else file


def scheduler(config: pytest.Config, log: Any) -> Any:
    """For `--dist loadfile`, the one that keeps together what belongs together; else none of ours."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):  # type: ignore[misc]  # it comes without annotations
        def _split_scope(self, nodeid: str) -> str:
            return belongs_to(nodeid)

    return Together(config, log)
