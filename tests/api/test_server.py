"""`rambu serve` as a user runs it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.conftest import Run

COMMAND = [sys.executable, "-c", "from rambu.cli import main; main()", "serve"]


def test_one_command_serves_and_logs_no_address(exa_folder: Path, tmp_path: Path) -> None:
    serving = subprocess.Popen(
        [*COMMAND, "--port", "0", "--register", str(exa_folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert serving.stdout is not None
    address = serving.stdout.readline().removeprefix("Rambu: ").strip()
    with urllib.request.urlopen(f"{address}ko/search?q=CANARY", timeout=10) as answer:
        assert answer.status == 200
    serving.send_signal(signal.SIGTERM)
    _, errors = serving.communicate(timeout=10)
    assert "GET /{lang}/search 200" in errors
    assert "CANARY" not in errors
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_an_input_error(rambu: Run, exa_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = rambu("serve", "--port", str(taken.getsockname()[1]), "--register", exa_folder)
    assert done.returncode == 2
    assert "cannot listen there" in done.stderr
