"""Packages: zip files whose bytes depend on their content alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["settled_zip", "zip_bytes"]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member; a clock would make two packages of the same content differ."""


def zip_bytes(files: Mapping[str, str | bytes]) -> bytes:
    """Give a zip file with these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            package.writestr(member, content)
    return out.getvalue()


def settled_zip(data: bytes) -> bytes:
    """Give a zip file that another program made without the time it was made at."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return zip_bytes({name: package.read(name) for name in package.namelist()})
