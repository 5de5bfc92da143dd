"""A real server and a real browser: Debian's Chromium, driven by Playwright."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from rambu.api import OpenRegister
from rambu.load import load_folder, repository_register
from rambu.web.app import create_app
from rambu.web.server import configured

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "test-artefacts" / "pages"
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the app is served, over the checkout's register, on a fixed day."""
    folder = repository_register()
    assert folder is not None
    app = create_app(OpenRegister(load_folder(folder).register), lambda: date(2026, 11, 24))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(configured(app, "127.0.0.1", port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(100):
        if server.started:
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; `make test` installs it."""
    assert CHROMIUM.is_file(), "Chromium is missing: run tools/system-packages chromium fonts-noto-core fonts-noto-cjk"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield found
        found.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker of accessibility, as a script."""
    assert AXE.is_file(), "axe-core is missing: run npm ci"
    return AXE.read_text("utf-8")
