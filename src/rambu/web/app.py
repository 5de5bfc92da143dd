"""The app: routes to views, each as HTML and JSON; errors in one shape; the guard around everything."""

from collections.abc import Callable
from datetime import date

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from rambu import __version__
from rambu.api import OpenRegister
from rambu.errors import Problem, RambuError
from rambu.web import api
from rambu.web.assets import KEPT, Assets
from rambu.web.guard import Guard
from rambu.web.language import language_of, preferred
from rambu.web.render import Renderer, as_text
from rambu.web.request import asked_of
from rambu.web.routes import PAGES, Page
from rambu.web.settings import Settings
from rambu.web.site import Site
from rambu.web.trouble import error
from rambu.web.view import Asked, Elsewhere, NotFoundError, Sent, Shown

HTML, JSON = "text/html; charset=utf-8", "application/json"
FRESH = "no-cache"
PRIVATE = "no-store"


def create_app(open_register: OpenRegister, today: Callable[[], date], settings: Settings | None = None) -> FastAPI:
    """The web app over a register; the clock comes in as `today`."""
    site = Site(open_register, today, settings or Settings())
    app = FastAPI(
        title="Rambu",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
        description="What applies to you, there, on that day, and how do you know?",
    )
    app.state.site = site
    serving = Serving(site, Assets())
    api.add_routes(app, site)
    serving.add_routes(app)
    app.add_middleware(GZipMiddleware, minimum_size=600, compresslevel=6)
    app.add_middleware(Guard, refusal=serving.refusal)
    return app


class Serving:
    """Turns requests into views and views into answers."""

    def __init__(self, site: Site, assets: Assets) -> None:
        self.site, self.assets = site, assets
        self.renderer = Renderer(site, assets)

    def add_routes(self, app: FastAPI) -> None:
        """Every page, its twin, the static files and the errors."""
        app.add_api_route("/", self.root, include_in_schema=False)
        app.add_api_route("/static/{digest}/{name}", self.static, include_in_schema=False)
        app.add_api_route("/robots.txt", self.robots, include_in_schema=False)
        for page in (page for page in PAGES if page.twin):
            twin = "/{lang}/" + (page.path or "index") + ".json"
            app.add_api_route(twin, self.endpoint(page, JSON), methods=list(page.methods), include_in_schema=False)
        for page in PAGES:
            app.add_api_route(
                "/{lang}/" + page.path, self.endpoint(page, HTML), methods=list(page.methods), include_in_schema=False
            )
        app.add_api_route("/{lang}", self.bare, include_in_schema=False)
        app.add_exception_handler(HTTPException, self.http_error)
        app.add_exception_handler(RequestValidationError, self.unreadable)

    # -- answers

    async def root(self, request: Request) -> Response:
        """The start page in the visitor's language."""
        code = preferred(request.headers.get("accept-language", ""))
        return RedirectResponse(f"/{code}/", 302, {"Vary": "Accept-Language", "Cache-Control": FRESH})

    async def bare(self, lang: str, request: Request) -> Response:
        """`/ko` is `/ko/`."""
        if lang not in self.site.words:
            raise HTTPException(404)
        return RedirectResponse(f"/{lang}/", 308)

    async def robots(self) -> Response:
        """Pages that carry a profile in their address stay out of indexes."""
        return Response("User-agent: *\nDisallow: /*?p=\n", media_type="text/plain")

    async def static(self, digest: str, name: str) -> Response:
        """A file of the style, to be kept for ever under this address."""
        asset = self.assets.files.get(name)
        if asset is None or asset.digest != digest:
            raise HTTPException(404)
        return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": KEPT})

    def endpoint(self, page: Page, kind: str) -> Callable[[Request], object]:
        """The function that serves a page as HTML or as JSON."""

        async def serve(request: Request) -> Response:
            asked = await asked_of(request, self.site)
            return await run_in_threadpool(self.answer, page, asked, kind)

        return serve

    def answer(self, page: Page, asked: Asked, kind: str) -> Response:
        """What a view shows, or the error that it raised."""
        try:
            shown = page.view(self.site, asked)
        except NotFoundError:
            return self.failed(asked, kind, 404)
        except RambuError as wrong:
            return self.failed(asked, kind, 422, wrong.problems)
        match shown:
            case Elsewhere(address):
                address += ".json" if kind == JSON else ""
                return RedirectResponse(address, 303)
            case Sent():
                disposition = f'attachment; filename="{shown.name}"'
                headers = {"Content-Disposition": disposition, "Cache-Control": PRIVATE}
                return Response(shown.content, media_type=shown.media_type, headers=headers)
        return self.page(asked, shown, kind)

    def page(self, asked: Asked, shown: Shown, kind: str) -> Response:
        """A page or its twin; what carries a profile is kept nowhere."""
        content = as_text(shown.data) if kind == JSON else self.renderer.html(asked, shown)
        headers = {
            "Cache-Control": FRESH if shown.index and not asked.posted else PRIVATE,
            "Content-Language": asked.lang,
        }
        return Response(content, shown.status, headers, kind)

    # -- errors

    def failed(self, asked: Asked, kind: str, status: int, problems: tuple[Problem, ...] = ()) -> Response:
        """An error in its one shape."""
        made = error(status, asked.words, problems)
        content = as_text(made) if kind == JSON else self.renderer.error_page(asked, status, problems)
        return Response(content, status, {"Cache-Control": PRIVATE}, kind)

    async def http_error(self, request: Request, raised: Exception) -> Response:
        """No such page, no such method, or a body that cannot be read."""
        status = raised.status_code if isinstance(raised, HTTPException) else 500
        headers = dict(getattr(raised, "headers", None) or {})
        kind, content = self.refusal(request.scope, status)
        return Response(content, status, headers, kind)

    async def unreadable(self, request: Request, raised: Exception) -> Response:
        """A body of the API that does not follow its description; what was sent is not repeated."""
        errors = raised.errors() if isinstance(raised, RequestValidationError) else []
        problems = tuple(_problem(entry) for entry in errors)
        words = self.site.words[language_of("", request.headers.get("accept-language", ""))]
        return Response(as_text(error(422, words, problems)), 422, media_type=JSON)

    def refusal(self, scope: Scope, status: int) -> tuple[str, bytes]:
        """An error for whoever asked: a page for a browser, else JSON."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"]
        lang = language_of(path, headers.get(b"accept-language", ""))
        asked = Asked(lang, "", self.site.words[lang])
        wants_page = "text/html" in headers.get(b"accept", "") and not path.endswith(".json")
        if wants_page and not path.startswith("/api"):
            return HTML, self.renderer.error_page(asked, status).encode()
        return JSON, as_text(error(status, asked.words)).encode()


def _problem(entry: dict[str, object]) -> Problem:
    place = entry.get("loc")
    where = ".".join(str(step) for step in place) if isinstance(place, tuple) else ""
    known = where if where.isascii() and len(where) < 60 else "body"
    return Problem(known, 0, 0, str(entry.get("type", "type")), str(entry.get("msg", "")), "see /api/openapi.json")
