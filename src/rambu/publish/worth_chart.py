"""What one vehicle pays less what it is offered in many countries, as a picture (SVG): a bar each, in US dollars.

A full bar is known to the last unit (but for the range of the reference rate), a pale one may be, an arrow goes on.
"""

from collections.abc import Iterator, Sequence
from html import escape

from rambu.expressions.span import End, Span
from rambu.publish.wording import Wording
from rambu.publish.worth import WorthPage
from rambu.worth import in_currency

WIDTH, ROW, TOP, NAMES = 900, 46, 56, 190  # px
BAR = 14
ROOM = 260  # px that a label behind the longest bar wants
LARGEST = 10**15
STYLE = (
    "text{font:14px system-ui,'Noto Sans','Noto Sans KR',sans-serif;fill:#1b1f24}"
    ".quiet{fill:#57606a;font-size:12px}.sure{fill:#0b6e4f}.may{fill:#0b6e4f;opacity:.35}"
    ".twin{fill:#8a8f98}.twinmay{fill:#8a8f98;opacity:.35}.axis{stroke:#d0d7de}"
    "@media (prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9da7b3}.axis{stroke:#3d444d}}"
)
DOLLAR = "USD"


def chart(pages: Sequence[WorthPage], wording: Wording, styled: bool = True) -> str:
    """The picture; countries in which nothing can be reckoned say so in words. Not `styled`: a page's own sheet is."""
    rows = [(page, _dollars(page, page.found.once), _twin(page)) for page in pages]
    longest = max((_longest(span) for _, own, twin in rows for span in (own, twin) if span), default=1.0)
    scale = (WIDTH - NAMES - ROOM) / (longest or 1.0)
    height = TOP + ROW * len(rows) + 30
    title = wording.say("Taxes and fees until it is on the road, less what is offered, in US dollars")
    body = "".join(_row(number, row, scale, wording) for number, row in enumerate(rows))
    style = f"<style>{STYLE}</style>" if styled else ""
    told = "; ".join(_told(page, own, wording) for page, own, _ in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" lang="{wording.language}" '
        f'aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc>'
        f'{style}<text x="0" y="20">{escape(title)}</text>{_legend(wording)}'
        f'<line class="axis" x1="{NAMES}" x2="{NAMES}" y1="{TOP - 8}" y2="{height - 24}"/>{body}</svg>'
    )


def _longest(span: Span) -> float:
    return max(_drawn(span.low), _drawn(span.high), 0.0)


def _legend(wording: Wording) -> str:
    entries = [("sure", wording.say("electric")), ("twin", wording.say("petrol")), ("may", wording.say("may be"))]
    return "".join(
        f'<rect class="{css}" x="{NAMES + 120 * n}" y="30" width="12" height="12"/>'
        f'<text class="quiet" x="{NAMES + 120 * n + 18}" y="41">{escape(text)}</text>'
        for n, (css, text) in enumerate(entries)
    )


def _dollars(page: WorthPage, span: Span) -> Span | None:
    if (span.low, span.high) == (None, None):
        return None
    return in_currency(page.rules, span, page.found.currency, DOLLAR, page.found.as_of)


def _twin(page: WorthPage) -> Span | None:
    return _dollars(page, page.other.once) if page.other else None


def _row(number: int, row: tuple[WorthPage, Span | None, Span | None], scale: float, wording: Wording) -> str:
    page, own, twin = row
    top = TOP + ROW * number
    name = escape(wording.country(page.found.jurisdiction))
    parts = [f'<text x="0" y="{top + 14}">{name}</text>']
    parts.append(f'<text class="quiet" x="0" y="{top + 30}">{escape(page.found.subject)}</text>')
    parts.extend(_bar(own, top, scale, ("sure", "may"), wording))
    if page.other is not None:
        parts.extend(_bar(twin, top + BAR + 4, scale, ("twin", "twinmay"), wording))
    return "".join(parts)


def _bar(span: Span | None, top: int, scale: float, css: tuple[str, str], wording: Wording) -> Iterator[str]:
    """A bar from nothing to the least, a pale one on to the most; what is below nothing is said in words alone."""
    if span is None:
        yield f'<text class="quiet" x="{NAMES + 6}" y="{top + 12}">{escape(wording.say("cannot tell"))}</text>'
        return
    low, high = (_drawn(end) for end in (span.low, span.high))
    sure = max(low, 0.0) * scale
    may = max(high if span.high is not None else low, 0.0) * scale
    yield f'<rect class="{css[0]}" x="{NAMES}" y="{top}" width="{sure:.1f}" height="{BAR}"/>'
    if may > sure:
        yield f'<rect class="{css[1]}" x="{NAMES + sure:.1f}" y="{top}" width="{may - sure:.1f}" height="{BAR}"/>'
    text = escape(wording.span(_rounded(span), DOLLAR))
    arrow = "→ " if span.high is None else ""
    yield f'<text class="quiet" x="{NAMES + max(sure, may) + 6:.1f}" y="{top + 12}">{arrow}{text}</text>'


def _drawn(end: End) -> float:
    """An end as a number to draw, within what a picture can hold."""
    return 0.0 if end is None else float(max(min(end, LARGEST), -LARGEST))


def _rounded(span: Span) -> Span:
    low = None if span.low is None else round(span.low)
    high = None if span.high is None else round(span.high)
    return Span(span.exists, low, high)


def _told(page: WorthPage, own: Span | None, wording: Wording) -> str:
    text = wording.say("cannot tell") if own is None else wording.span(_rounded(own), DOLLAR)
    return f"{wording.country(page.found.jurisdiction)}: {text}"
