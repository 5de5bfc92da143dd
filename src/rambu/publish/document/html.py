"""A document as one HTML file that needs nothing else."""

import re
from collections.abc import Iterator
from html import escape
from importlib import resources

from rambu.publish.document.blocks import Block, Bullets, Document, Heading, Sources, Table, Text, source_text

CITED = re.compile(r" \[(\d+)\]")
CSS = resources.files("rambu.publish.document").joinpath("style.css").read_text("utf-8")


def html(document: Document) -> str:
    """The file; the same document gives the same bytes."""
    numbers = {block.text: f"h{place}" for place, block in enumerate(document.headings(), 1)}
    contents = "".join(f'<li><a href="#{key}">{escape(text)}</a></li>' for text, key in numbers.items())
    stamp = "".join(f'<p class="stamp">{escape(line)}</p>' for line in document.stamp)
    body = "".join(part for block in document.blocks for part in _block(block, numbers))
    return (
        f'<!doctype html><html lang="{document.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(document.title)}</title>'
        f"<style>{CSS}</style></head><body><main><h1>{escape(document.title)}</h1>"
        f'<p class="lead">{escape(document.subtitle)}</p>{stamp}'
        f'<nav aria-label="{escape(document.contents)}"><ol>{contents}</ol></nav>{body}'
        f'<p class="quiet">{escape(document.notice)}</p></main></body></html>\n'
    )


def _block(block: Block, numbers: dict[str, str]) -> Iterator[str]:
    match block:
        case Heading(level, text):
            key = f' id="{numbers[text]}"' if level == 1 else ""
            yield f"<h{level + 1}{key}>{_cited(text)}</h{level + 1}>"
        case Text(text, style):
            yield f'<p class="{style}">{_cited(text)}</p>' if style else f"<p>{_cited(text)}</p>"
        case Bullets(items):
            yield "<ul>" + "".join(f"<li>{_cited(item)}</li>" for item in items) + "</ul>"
        case Table(headers, rows, _):
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in headers)
            yield f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>'
            for row in rows:
                yield "<tr>" + "".join(f"<td>{_cited(cell)}</td>" for cell in row) + "</tr>"
            yield "</tbody></table></div>"
        case Sources(references):
            yield "<ol>"
            for one in references:
                url, text = escape(one.source.url), escape(source_text(one))
                yield f'<li id="s{one.number}" value="{one.number}">{text} <a href="{url}">{url}</a></li>'
            yield "</ol>"


def _cited(text: str) -> str:
    linked = CITED.sub(r'<sup><a href="#s\1">\1</a></sup>', escape(text))
    return linked.replace("\n", "<br>")
