"""DOCX files as word processors write them, of our own making."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from PIL import Image

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = f"""{_HEAD}<w:styles {_W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Judul"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Judul1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Judul2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="DaftarParagraf"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="table" w:styleId="KisiTabel"><w:name w:val="Table Grid"/></w:style>
</w:styles>"""

NUMBERING = f"""{_HEAD}<w:numbering {_W}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""

TYPES = f"""{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="jpeg" ContentType="image/jpeg"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""

ROOT = f"""{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"
Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""


def run(text: str, marks: str = "") -> str:
    """A run of text; `marks` are properties such as `<w:b/>`."""
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", level: int | None = None) -> str:
    """A paragraph; `level` makes it an item of the numbered list."""
    number = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        if level is not None
        else ""
    )
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{number}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of texts."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{made}</w:tbl>"


def picture(relation: str, alt: str) -> str:
    """A run with a picture, as Word writes it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Gambar 1" descr="{alt}"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def link(relation: str, text: str) -> str:
    """A link to what the relation names."""
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def photograph(color: str = "maroon") -> bytes:
    """A JPEG with a telephone's metadata."""
    image = Image.new("RGB", (64, 48), color)
    exif = Image.Exif()
    exif[0x0110] = "Telepon Contoh"
    file = BytesIO()
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def make_docx(
    path: Path, body: str, *, media: Mapping[str, bytes] | None = None,
    links: Mapping[str, str] | None = None, extra: Mapping[str, str | bytes] | None = None,
) -> Path:  # fmt: skip
    """Write a DOCX file with this body (paragraphs, tables); `media` are `rIdN: bytes`."""
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/image" Target="media/{key}.jpeg"/>'
        for key in media or {}
    )
    relations += "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/hyperlink" Target="{address}" '
        'TargetMode="External"/>'
        for key, address in (links or {}).items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": f"{_HEAD}<w:document {_W} {_MORE}><w:body>{body}</w:body>"
        "</w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdN" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
        f"{relations}</Relationships>",
        **{f"word/media/{key}.jpeg": content for key, content in (media or {}).items()},
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


ARTICLE = "".join(
    (
        paragraph(run("SOSIALISASI PEMILIH PEMULA DI SMAN 1"), style="Judul"),
        paragraph(picture("rId10", "Siswa di aula")),
        paragraph(
            run("KOTA CONTOH, kpu.contoh.go.id", "<w:b/>"),
            run(" – Sebanyak 120 siswa hadir, "),
            run("Kamis", "<w:i/>"),
            run(" (21/4/2022). Bahannya di "),
            link("rId20", "laman KPU"),
            run("."),
        ),
        paragraph(run("Materi"), style="Judul2"),
        paragraph(run("Tahapan pemilu"), style="DaftarParagraf", level=0),
        paragraph(run("Pendaftaran"), style="DaftarParagraf", level=1),
        paragraph(run("Hak pilih"), style="DaftarParagraf", level=0),
        table(("Kelas", "Siswa"), ("X", "70"), ("XI | IPA", "50")),
        paragraph(picture("rId11", "")),
        paragraph(run("“Gunakan hak pilih,” ujar Ketua. "), run("Coret", "<w:strike/>"), run(" m"),
                  run("2", '<w:vertAlign w:val="superscript"/>')),
    )
)  # fmt: skip


def make_article(path: Path) -> Path:
    """A manuscript as an officer hands it in: title, two photographs, list, table, link."""
    return make_docx(
        path,
        ARTICLE,
        media={"rId10": photograph(), "rId11": photograph("navy")},
        links={"rId20": "https://kpu.contoh.go.id/bahan?a=1&amp;b=2"},
    )


@cache
def make_sheet() -> bytes:
    """A workbook with one item. Made once: a package tells when it was written."""
    book = Workbook()
    assert book.active is not None
    for row in (["judul", "tanggal", "isi"], ["Apel", "18/04/2022", "Isi."]):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
