"""A document as PDF, set by Typst. Every text goes in as a string, so that nothing in it is read as markup."""

import re
from collections.abc import Iterator

from rambu.publish.document.blocks import Block, Bullets, Document, Heading, Sources, Table, Text, source_text

CITED = re.compile(r" (\[\d+\])")
FONTS = (
    "Noto Sans", "Noto Sans CJK KR", "Noto Sans Thai", "Noto Sans Khmer", "Noto Sans Lao", "Noto Sans Myanmar",
    "DejaVu Sans",
)  # fmt: skip
STYLES = {
    "": "", "lead": "size: 12pt", "quiet": "fill: luma(90)", "loud": 'weight: "bold", fill: rgb("#8a4500")',
    "good": 'fill: rgb("#0b6e4f")',
}  # fmt: skip
HEAD = """#set document(title: {title}, author: "Rambu", date: none)
#set page(paper: "a4", margin: (x: 20mm, top: 22mm, bottom: 22mm), numbering: "1 / 1",
  header: context if counter(page).get().first() > 1 {{ text(size: 8pt, fill: luma(90), {title}) }})
#set text(font: ({fonts}), size: 9.5pt, lang: "{language}", hyphenate: false)
#set par(leading: 0.62em, spacing: 0.9em)
#set table(stroke: (x, y) => (bottom: 0.4pt + luma(190)), inset: (x: 3pt, y: 4pt), align: left + top)
#set table.cell(breakable: false)
#show heading.where(level: 1): it => block(above: 1.8em, below: 0.9em, sticky: true, text(size: 15pt, it.body))
#show heading.where(level: 2): it => block(above: 1.3em, below: 0.7em, sticky: true, text(size: 11.5pt, it.body))
#show table.cell.where(y: 0): set text(weight: "bold")
#show link: set text(fill: rgb("#0b3d6e"))
"""


def markup(document: Document) -> str:
    """The Typst source."""
    fonts = ", ".join(_string(font) for font in FONTS)
    head = HEAD.format(title=_string(document.title), fonts=fonts, language=document.language)
    body = "\n".join(part for block in document.blocks for part in _block(block))
    return f"{head}{_title_page(document)}\n{body}\n\n#text(size: 8pt, fill: luma(90), {_string(document.notice)})\n"


def pdf(document: Document) -> bytes:
    """The PDF; the same document gives the same bytes."""
    import typst

    made = typst.compile(markup(document).encode())
    assert isinstance(made, bytes)
    return made


def _title_page(document: Document) -> str:
    stamp = "\n".join(f"#block(text(fill: luma(90), {_string(line)}))" for line in document.stamp)
    return (
        f'#v(40mm)\n#block(text(size: 26pt, weight: "bold", {_string(document.title)}))\n'
        f"#block(above: 1.4em, text(size: 14pt, {_string(document.subtitle)}))\n#v(8mm)\n{stamp}\n#v(8mm)\n"
        f"#outline(title: {_string(document.contents)}, depth: 1)\n#pagebreak()"
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"#heading(level: {level}, {_content(text)})"
        case Text(text, style):
            sticky = "true" if style == "quiet" else "false"  # a note stays with the table that it is about
            yield f"#block(sticky: {sticky}, text({STYLES[style]}{', ' if STYLES[style] else ''}{_content(text)}))"
        case Bullets(items):
            yield f"#list({', '.join(_content(item) for item in items)})"
        case Table(headers, rows, widths):
            columns = ", ".join(f"{width}fr" for width in widths)
            head = ", ".join(_content(cell) for cell in headers)
            cells = ", ".join(_content(cell) for row in rows for cell in row)
            yield f"#text(size: 8.5pt, table(columns: ({columns},), table.header({head}), {cells}))"
        case Sources(references):
            for one in references:
                label = _content(f"[{one.number}] {source_text(one)} ")
                url = _string(one.source.url)
                yield f"#par(hanging-indent: 6mm, text(size: 8pt, {label} + link({url}, {_breakable(one.source.url)})))"


def _content(text: str) -> str:
    """Content of one or several lines, with its references raised."""
    lines = [_line(part) for part in text.split("\n")]
    return "[" + "#linebreak()".join(lines) + "]"


def _line(text: str) -> str:
    parts = CITED.split(text)
    made = [f"#super({_string(part.strip('[]'))})" if CITED.fullmatch(f" {part}") else f"#{_string(part)}"
            for part in parts if part]  # fmt: skip
    return "".join(f"{part};" for part in made)


def _breakable(url: str) -> str:
    """An address that may break anywhere behind a sign."""
    return _string(re.sub(r"([/?&=_.%-])", "\\1\u200b", url))


def _string(text: str) -> str:
    cleaned = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter for letter in cleaned if letter >= " " or letter == "\n").replace("\n", "\\n") + '"'
