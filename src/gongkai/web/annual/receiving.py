"""接收文件 — uploads streamed to disk, measured while they arrive: a file too large is cut off, not stored."""

from __future__ import annotations

from typing import IO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from gongkai.documents.limits import LIMITS


class StreamedUpload(FileUploadHandler):
    """接收文件 — every file goes to the desk's folder at once; nothing is held in memory, no name is used as a path.

    What arrives beyond `file_bytes` is thrown away and `size` says that it was too much. RequestDataTooBig once all
    files together pass `DESK_BYTES`.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 — the signature is Django's
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """总量 — refuse before the first byte what says itself that it is too much."""
        self._total = 0
        if content_length > settings.DESK_BYTES:
            raise RequestDataTooBig

    def new_file(self, *args: object, **kwargs: object) -> None:
        """新文件 — opens its place on disk."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        arriving = settings.DESK_FOLDER / "arriving"
        arriving.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = TemporaryUploadedFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """一段内容 — written while within the limit; one byte more is kept, so that the size tells."""
        self._total += len(raw_data)
        if self._total > settings.DESK_BYTES:
            self._file.close()
            raise RequestDataTooBig
        room = LIMITS.file_bytes + 1 - start
        if room > 0:
            self._file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        """文件到齐 — with its true size."""
        self._file.seek(0)
        self._file.size = file_size
        return self._file

    def upload_interrupted(self) -> None:
        """中断 — what had arrived of the file is removed."""
        if hasattr(self, "_file"):
            self._file.close()
