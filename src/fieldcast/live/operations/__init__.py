"""Writes of the live room, filed by what they change: sessions, chat, the audience's counters, the transcript."""

from fieldcast.live.operations.audience import (
    LikesOutOfRange,
    like,
    report_presence,
    set_presence,
    share,
    visit,
)
from fieldcast.live.operations.chat import (
    CannotAnswer,
    HiddenForNothing,
    TooFast,
    hide_message,
    say,
)
from fieldcast.live.operations.follows import (
    announce,
    await_no_more,
    await_session,
    follow,
    unfollow,
)
from fieldcast.live.operations.programs import list_programs
from fieldcast.live.operations.sessions import (
    AlreadyLive,
    BadStart,
    HoldOutsideRange,
    HostSuspended,
    NotPlanned,
    SessionNotLive,
    WrongParties,
    cancel_session,
    choose_source,
    close_session,
    edit,
    explain,
    open_session,
    plan,
    reschedule,
)
from fieldcast.live.operations.transcript import OutsideSession, transcribe
from fieldcast.live.operations.visits import forget_visitors
from fieldcast.live.words import EmptyText, TextTooLong

__all__ = [
    "AlreadyLive",
    "BadStart",
    "CannotAnswer",
    "EmptyText",
    "HiddenForNothing",
    "HoldOutsideRange",
    "HostSuspended",
    "LikesOutOfRange",
    "NotPlanned",
    "OutsideSession",
    "SessionNotLive",
    "TextTooLong",
    "TooFast",
    "WrongParties",
    "announce",
    "await_no_more",
    "await_session",
    "cancel_session",
    "choose_source",
    "close_session",
    "edit",
    "explain",
    "follow",
    "forget_visitors",
    "hide_message",
    "like",
    "list_programs",
    "open_session",
    "plan",
    "report_presence",
    "reschedule",
    "say",
    "set_presence",
    "share",
    "transcribe",
    "unfollow",
    "visit",
]
