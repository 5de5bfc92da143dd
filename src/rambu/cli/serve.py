"""`rambu serve`: the pages and the API on this machine."""

import os
from typing import Annotated

import typer

from rambu.cli.edge import RegisterPath, load_register, today
from rambu.errors import RambuError


def register_commands(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8000,
    register: RegisterPath = None,
) -> None:
    """Serve the pages and the API. Nothing that a visitor types is stored or logged."""
    from rambu.api import OpenRegister
    from rambu.web.app import create_app
    from rambu.web.server import run
    from rambu.web.settings import settings_from

    app = create_app(OpenRegister(load_register(register)), today, settings_from(os.environ))
    app.state.site.warm()
    try:
        run(app, host, port, lambda address: print(f"Rambu: {address}", flush=True))
    except OSError as error:
        raise RambuError.of(
            "address", f"cannot listen there: {error.strerror}", "name another --host or --port"
        ) from None
