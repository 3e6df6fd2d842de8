"""Background work that finds what is due by itself: declared with `sweep`, run by `worker.work`, watched by `stuck`.

What always holds: a sweep is safe to repeat and to run twice at once; nothing about it outlives the process that runs
it, so a killed worker leaves no lock behind; a job of a dead worker is taken up again within half a minute.
"""

from fieldcast.kit.jobs.sweeps import sweep

__all__ = ["sweep"]
