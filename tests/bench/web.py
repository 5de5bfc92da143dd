"""The web app under a fixed rate of distinct pages and searches: an open loop, so a slow answer delays nobody else."""

import asyncio
import socket
import subprocess
import sys
import time
from itertools import cycle, islice

import httpx

from rambu.register import Register

RATE = 100  # requests a second
SEARCHES = (
    "carbon tax",
    "탄소세",
    "minimum wage",
    "lương tối thiểu",
    "EPR",
    "board",
    "전기차",
    "kumpulan",
    "disability",
)


def addresses(register: Register) -> list[str]:
    """Pages of every kind in both languages, and searches."""
    rules = [f"rules/{address.file}/{address.name}" for address in register.addresses()]
    topics = [f"topics/{topic}" for topic in register.vocabulary.topics]
    countries = [f"countries/{code.lower()}" for code in register.vocabulary.jurisdictions if code != "ASEAN"]
    searches = [f"search?q={text}" for text in SEARCHES]
    return [f"/{lang}/{page}" for page in (*rules, *topics, *countries, *searches) for lang in ("en", "ko")]


def measure(register: Register, seconds: int) -> tuple[float, float, int]:
    """Median and 99th percentile in milliseconds, and the number of failures."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "rambu.cli", "serve", "--port", str(port)], stderr=subprocess.DEVNULL
    )
    try:
        return asyncio.run(_load(f"http://127.0.0.1:{port}", addresses(register), seconds))
    finally:
        server.terminate()
        server.wait(timeout=10)


async def _load(base: str, pages: list[str], seconds: int) -> tuple[float, float, int]:
    async with httpx.AsyncClient(base_url=base, timeout=10, limits=httpx.Limits(max_connections=200)) as client:
        await _ready(client)
        spread = islice(cycle(pages[:: max(len(pages) // 997, 1)]), RATE * seconds)
        started = time.perf_counter()
        tasks = []
        for number, page in enumerate(spread):
            await asyncio.sleep(max(0.0, started + number / RATE - time.perf_counter()))
            tasks.append(asyncio.create_task(_timed(client, page)))
        found = await asyncio.gather(*tasks)
    times = sorted(elapsed for elapsed, _ in found)
    return times[len(times) // 2] * 1_000, times[int(len(times) * 0.99)] * 1_000, sum(not good for _, good in found)


async def _ready(client: httpx.AsyncClient) -> None:
    for _ in range(100):
        try:
            if (await client.get("/en/")).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)


async def _timed(client: httpx.AsyncClient, page: str) -> tuple[float, bool]:
    start = time.perf_counter()
    try:
        answer = await client.get(page)
    except httpx.HTTPError:
        return time.perf_counter() - start, False
    return time.perf_counter() - start, answer.status_code == httpx.codes.OK
