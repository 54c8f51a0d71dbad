"""Writing whole files and folders: beside their place first, then renamed into it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from splinternet.errors import WorldError

__all__ = ["new_file", "new_folder"]


@contextmanager
def new_folder(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a scratch folder that becomes ``path`` if the block ends well, and goes if it does not.

    Raises
    ------
    WorldError
        If ``path`` exists (and ``overwrite`` is false), or cannot be written.
    """
    path = path.absolute()
    if path.exists() and not overwrite:
        raise WorldError(f"{path}: exists already; choose another folder or say --force")
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{path.name}.part-", dir=path.parent))
        try:
            yield scratch
            scratch.chmod(0o755)
            if path.exists():
                old = Path(tempfile.mkdtemp(prefix=f".{path.name}.old-", dir=path.parent))
                path.rename(old / path.name)
                scratch.rename(path)
                shutil.rmtree(old, ignore_errors=True)
            else:
                scratch.rename(path)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a scratch file name that becomes ``path`` if the block ends well.

    Raises
    ------
    WorldError
        If the file cannot be written.
    """
    path = path.absolute()
    with _explained(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.part-", dir=path.parent)
        os.close(handle)
        scratch = Path(name)
        try:
            yield scratch
            scratch.chmod(0o644)
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn the system's refusals into one clear line."""
    try:
        yield
    except OSError as error:
        what = (
            "the disk is full; free some space and try again"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else f"cannot be written ({error.strerror or error})"
        )
        raise WorldError(f"{path}: {what}") from None
