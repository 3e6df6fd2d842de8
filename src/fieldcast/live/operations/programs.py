"""What must run beside live sessions, as the runner is told: a source of some kinds has a program of its own."""

from pathlib import Path

from fieldcast.kit import programs
from fieldcast.kit.programs import Wanted
from fieldcast.live import queries
from fieldcast.live.video import sources


def list_programs(*, home: Path) -> int:
    """Write the programs of the sessions that are live now into the runner's list; how many they are.

    Raises `OSError` when the disk refuses.
    """
    runs = {kind: program for kind in sources.kinds() if (program := sources.get_source(kind).program)}
    shown = queries.sources_on_air(kinds=runs) if runs else ()
    wanted = [
        Wanted(name=f"session-{one.session_id}", run=runs[one.kind], number=one.session_id) for one in shown
    ]
    programs.write(home, wanted)
    return len(wanted)
