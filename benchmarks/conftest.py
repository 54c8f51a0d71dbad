"""The full world of September 2025, made once from the published files."""

from pathlib import Path

import pytest

from snapshot import DATA, import_files
from splinternet.world.world import World


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not DATA.is_dir():
        pytest.skip(f"no real data at {DATA}")
    folder = tmp_path_factory.mktemp("worlds") / "2025-09"
    import_files().save(folder)
    return folder


@pytest.fixture(scope="session")
def world(saved: Path) -> World:
    return World.open(saved)
