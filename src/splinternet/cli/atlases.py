"""Files of an atlas beside its table: what it was made of, and the parts of one not finished."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from splinternet.base.folders import new_file

__all__ = ["finish", "parts_beside"]


def parts_beside(output: Path) -> Path:
    """Return the folder that keeps the figures of nations until the table is whole."""
    return output.with_name(f"{output.name}.parts")


def finish(output: Path, manifest: Mapping[str, Any], parts: Path | None) -> None:
    """Write the manifest beside the table, and remove the parts that it no longer needs."""
    with new_file(output.with_name(f"{output.name}.manifest.json")) as scratch:
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        scratch.write_text(f"{text}\n", encoding="utf-8")
    if parts is not None:
        shutil.rmtree(parts)
