"""How long things take in the worker, in seconds, for those who run it and those who watch it."""

HEARTBEAT_SECONDS = 3.0
STALLED_SECONDS = 12.0  # four heartbeats missed
LOOK_SECONDS = 4.0
LONGEST_SECONDS = 120.0  # every sweep is written to end well within this
GRACE_SECONDS = 3.0
