"""The API keeps to its own description, whatever is sent: no answer of ours is a fault."""

from datetime import date

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.generation.case import Case

from rambu.api import OpenRegister
from rambu.load import load_folder, repository_register
from rambu.web.app import create_app

FOLDER = repository_register()
assert FOLDER is not None
APP = create_app(OpenRegister(load_folder(FOLDER).register), lambda: date(2026, 11, 24))
SCHEMA = schemathesis.openapi.from_asgi("/api/openapi.json", APP)


@SCHEMA.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_never_fails(case: Case) -> None:
    answer: Response = case.call()
    case.validate_response(answer, checks=[not_a_server_error])
