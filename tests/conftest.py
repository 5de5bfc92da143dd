"""What all tests share: the register of a country that does not exist, and a way to run the command."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rambu.load import load_folder
from rambu.register import Register

ROOT = Path(__file__).parents[1]
EXA = ROOT / "tests" / "register_exa"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def exa() -> Register:
    """The register of EXA: every construct of the format once, with invented figures."""
    return load_folder(EXA).register


@pytest.fixture(scope="session")
def exa_folder() -> Path:
    """Where the register of EXA stands."""
    return EXA


@pytest.fixture
def rambu(tmp_path: Path) -> Run:
    """Runs `rambu` in an empty folder, as a user would; the register of EXA unless another is named."""

    def run(
        *arguments: str | Path, stdin: str | bytes = "", lang: str = "en", limit: float = 30
    ) -> "subprocess.CompletedProcess[str]":
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-c", "from rambu.cli import main; main()", *map(str, arguments)],
            input=given, capture_output=True, cwd=tmp_path, timeout=limit, check=False,
            env={**os.environ, "RAMBU_LANG": lang, "COLUMNS": "120", "RAMBU_TRACEBACK": ""},
        )  # fmt: skip
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
