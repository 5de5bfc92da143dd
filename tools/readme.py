"""Puts real answers into README.md and the docs: `python -m tools.readme`, with --check to compare."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"<!-- answer: (?P<command>rambu .+?) -->\n```text\n.*?```\n<!-- /answer -->", re.DOTALL)
WIDTH = "100"


def fresh(text: str) -> str:
    """The text with every answer as the command gives it now."""
    return BLOCK.sub(
        lambda block: f"<!-- answer: {block['command']} -->\n```text\n{answer(block['command'])}```\n<!-- /answer -->",
        text,
    )


def answer(command: str) -> str:
    """What a command prints, on a page of fixed width."""
    words = [sys.executable, "-m", "rambu.cli", *shlex.split(command)[1:]]
    settings = {**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1"}
    return subprocess.run(words, cwd=ROOT, env=settings, capture_output=True, text=True, check=True).stdout


def pages() -> list[Path]:
    """Every page that shows an answer."""
    candidates = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in candidates if BLOCK.search(page.read_text("utf-8"))]


def main() -> int:
    """Refresh the pages, or say which are stale."""
    stale = [page for page in pages() if fresh(page.read_text("utf-8")) != page.read_text("utf-8")]
    if "--check" in sys.argv:
        print("\n".join(f"stale: {page.relative_to(ROOT)}" for page in stale) or "answers are fresh")
        return 1 if stale else 0
    for page in stale:
        page.write_text(fresh(page.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
