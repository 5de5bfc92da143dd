"""The outermost layer: headers on every answer, no large or slow bodies, faults without what was typed in the log."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 256 * 1024  # bytes
SLOWEST_BODY = 15.0  # seconds
LONGEST_ADDRESS = 16 * 1024  # bytes; a link may carry a profile
CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; connect-src 'self'"
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
access, faults = logging.getLogger("rambu.access"), logging.getLogger("rambu.faults")
Refusal = Callable[[Scope, int], tuple[str, bytes]]


class TooLargeError(Exception):
    """The body is larger than it may be."""


@dataclass
class Guard:
    """Wraps the whole app; `refusal` makes (request, status) into the type and body of an error."""

    app: ASGIApp
    refusal: Refusal
    seconds: float = SLOWEST_BODY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, answer = perf_counter(), _Answer(scope, send, self.refusal)
        try:
            await self._answered(scope, receive, answer)
        except Exception as error:
            faults.error("%s at %s", type(error).__name__, places(error))
            await answer.refuse(500)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            access.info(
                "%s %s %s %.0f ms",
                scope["method"] if scope["method"] in METHODS else "?",
                route,
                answer.status,
                1000 * (perf_counter() - began),
            )

    async def _answered(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            await answer.refuse(414)
            return
        try:
            async with asyncio.timeout(self.seconds):
                body = await whole_body(scope["headers"], receive)
        except TooLargeError:
            await answer.refuse(413)
        except TimeoutError:
            await answer.refuse(408)
        else:
            if body is not None:
                await self.app(scope, _again(body, receive), answer.send)


class _Answer:
    """Adds the headers, and remembers the status."""

    def __init__(self, scope: Scope, send: Send, refusal: Refusal) -> None:
        self.scope, self._send, self.refusal, self.status = scope, send, refusal, 0

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
        await self._send(message)

    async def refuse(self, status: int) -> None:
        """The one shape of an error, unless an answer is already on its way."""
        if self.status:
            return
        kind, body = self.refusal(self.scope, status)
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


async def whole_body(headers: Iterable[tuple[bytes, bytes]], receive: Receive) -> bytes | None:
    """The body, read at once so that a slow client holds no thread; None if the client has gone.

    Raises TooLargeError.
    """
    stated = next((value for name, value in headers if name == b"content-length"), b"0")
    if not stated.isdigit() or int(stated[:20]) > LARGEST_BODY:
        raise TooLargeError
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size, more = size + len(parts[-1]), message.get("more_body", False)
        if size > LARGEST_BODY:
            raise TooLargeError
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands the body out once, then listens on."""
    waiting = [body]

    async def hand_out() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return hand_out


def places(error: BaseException) -> str:
    """Where an error was raised, innermost last: files and lines, never values."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
