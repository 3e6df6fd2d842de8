"""What is asked of files before a byte of them is taken in."""

from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParserError

LONGEST_NAME: Final = (
    255  # of bytes, as file systems have it: part of it becomes the name of a temporary file
)


class ShortNames(FileUploadHandler):
    """Refuses a file whose name no file system could keep. Takes in nothing itself."""

    def new_file(self, field_name: str, file_name: str, *more: Any, **others: Any) -> None:
        """Look at the name alone."""
        if len(file_name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
            raise MultiPartParserError("a file's name is too long")
        super().new_file(field_name, file_name, *more, **others)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """For those that come after."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Others have it."""
