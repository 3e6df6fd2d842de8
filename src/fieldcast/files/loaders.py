"""Files reach a view only through here."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.files import queries
from fieldcast.files.types import Content, FileView


def load_file(*, by: Actor, file_id: int) -> FileView:
    """A file for those who may see it, ended or not. Raises `NotFound` for everyone else."""
    file = queries.file(file_id=file_id)
    require(by, "files.see_file", file)
    return file


def load_content(*, by: Actor, file_id: int, thumbnail: bool = False) -> Content:
    """Its picture, or a small one. Raises `NotFound`, and `FileEnded` when its time is over."""
    load_file(by=by, file_id=file_id)
    return queries.content(file_id=file_id, thumbnail=thumbnail)
