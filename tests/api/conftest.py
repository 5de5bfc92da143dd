"""The web app over the register of EXA, on a fixed day; and over the real one for sizes."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rambu.api import OpenRegister
from rambu.load import load_folder
from rambu.register import Register
from rambu.web.app import create_app
from rambu.web.settings import Settings
from rambu.web.site import Site

TODAY = date(2026, 11, 24)
SETTINGS = Settings(report_mail="errors@example.org", report_tracker="https://example.org/issues/new")
PROFILE = "vehicles: {car: {place: exa_mainland, powertrain: bev, price: 30_000 EXD, motor_power: 60}}\n"
Ask = Callable[..., object]


def today() -> date:
    """The day on which all tests take place."""
    return TODAY


@pytest.fixture(scope="session")
def app(exa: Register) -> FastAPI:
    """The app."""
    return create_app(OpenRegister(exa), today, SETTINGS)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A browser that follows nothing on its own."""
    with TestClient(app, follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="session")
def site(app: FastAPI) -> Site:
    """What the pages share."""
    found: Site = app.state.site
    return found


@pytest.fixture(scope="session")
def real() -> TestClient:
    """A browser on the register of this repository."""
    register = load_folder(Path(__file__).parents[2] / "register").register
    return TestClient(create_app(OpenRegister(register), today, SETTINGS), follow_redirects=False)
