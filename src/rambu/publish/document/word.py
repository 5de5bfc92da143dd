"""A document as Word, with styles that name fonts for Latin, East Asian and complex scripts."""

import re
from io import BytesIO
from typing import Any

from rambu.publish.document.blocks import Block, Bullets, Document, Heading, Sources, Table, Text, source_text

CITED = re.compile(r" (\[\d+\])")
LATIN, EAST_ASIAN, COMPLEX = "Noto Sans", "Noto Sans CJK KR", "Noto Sans Thai"
STYLED = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number")
LONGEST = 250  # characters of a property
EPOCH = (2026, 1, 1)  # of the package, so that the same document gives the same content


def docx(document: Document) -> bytes:
    """The file."""
    from datetime import datetime

    import docx as word

    made: Any = word.Document()
    for name in STYLED:
        _fonts(made.styles[name])
    properties = made.core_properties
    properties.title, properties.author = document.title[:LONGEST], "Rambu"
    properties.language = document.language
    properties.created = properties.modified = datetime(*EPOCH)
    made.add_paragraph(document.title, style="Title")
    made.add_paragraph(document.subtitle, style="Subtitle")
    for line in document.stamp:
        made.add_paragraph(line)
    _contents(made, document)
    made.add_page_break()
    for block in document.blocks:
        _block(made, block)
    made.add_paragraph(document.notice)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _fonts(style: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for key, font in (("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:eastAsia", EAST_ASIAN), ("w:cs", COMPLEX)):
        fonts.set(qn(key), font)
    if style.name == "Normal":
        style.font.size = Pt(10)
    if style.name.startswith("Heading") or style.name == "Title":
        style.font.color.rgb = RGBColor(0x0B, 0x3D, 0x6E)


def _contents(made: Any, document: Document) -> None:
    """A table-of-contents field that already holds the chapters; Word fills in the pages when it updates it."""
    made.add_paragraph(document.contents, style="Subtitle")
    first = made.add_paragraph()
    _field(first, "begin")
    _instruction(first, ' TOC \\o "1-2" \\h \\z \\u ')
    _field(first, "separate")
    paragraph = first
    for number, heading in enumerate(document.headings()):
        paragraph = first if number == 0 else made.add_paragraph()
        paragraph.add_run(heading.text)
    _field(paragraph, "end")


def _field(paragraph: Any, kind: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Any, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = text
    paragraph.add_run()._r.append(code)


def _block(made: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            _written(made.add_heading("", level), text)
        case Text(text, style):
            _written(made.add_paragraph(), text, bold=style in ("loud", "lead"))
        case Bullets(items):
            for item in items:
                _written(made.add_paragraph(style="List Bullet"), item)
        case Table():
            _table(made, block)
        case Sources(references):
            for one in references:
                made.add_paragraph(f"[{one.number}] {source_text(one)} {one.source.url}")


def _table(made: Any, block: Table) -> None:
    from docx.shared import Mm

    table = made.add_table(rows=1, cols=len(block.headers), style="Table Grid")
    table.autofit = False
    whole = 170 / sum(block.widths)
    for cell, text in zip(table.rows[0].cells, block.headers, strict=True):
        _written(cell.paragraphs[0], text, bold=True)
    _repeat(table.rows[0])
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _written(cell.paragraphs[0], text)
    for row in table.rows:
        _unbroken(row)
        for cell, width in zip(row.cells, block.widths, strict=True):
            cell.width = Mm(width * whole)
    made.add_paragraph()


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _unbroken(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _written(paragraph: Any, text: str, bold: bool = False) -> None:
    """Runs of a text, with its references raised and its lines kept."""
    for part in CITED.split(text):
        if CITED.fullmatch(f" {part}"):
            paragraph.add_run(part.strip("[]")).font.superscript = True
        elif part:
            run = paragraph.add_run(part)
            run.bold = True if bold else None
