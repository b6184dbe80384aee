"""What the files that office programs open have in common: a zip that would say when it was written."""

from __future__ import annotations

import io
import re
import zipfile

_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_LONG_AGO = rb"\g<1>2000-01-01T00:00:00Z"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(data: bytes) -> bytes:
    """The same .docx or .xlsx without the time at which it was written, so that the same input gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # else it says which system wrote it
            content = source.read(name)
            target.writestr(member, _CLOCK.sub(_LONG_AGO, content) if name == "docProps/core.xml" else content)
    return buffer.getvalue()
