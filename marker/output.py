"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from marker.errors import MarkerError


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part.

    Raises:
        MarkerError: the file cannot be written there.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)  # mkstemp gives 0o600
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise MarkerError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
