"""A request as our pages see it: language, address, fields; whatever is odd becomes a 4xx."""

from urllib.parse import parse_qsl

from fastapi import HTTPException
from starlette.datastructures import UploadFile
from starlette.requests import Request

from rambu.web.site import Site
from rambu.web.view import Asked

MOST_FIELDS = 2000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def asked_of(request: Request, site: Site) -> Asked:
    """Everything that a view may use. Raises HTTPException for what cannot be read."""
    parts = {name: str(value) for name, value in request.path_params.items()}
    lang = parts.pop("lang", "")
    if lang not in site.words:
        raise HTTPException(404)
    form, upload = await _form(request) if request.method == "POST" else ({}, b"")
    return Asked(
        lang=lang,
        path=_path(request, lang),
        words=site.words[lang],
        parts=parts,
        query=_query(request),
        form=form,
        upload=upload,
        posted=request.method == "POST",
    )


def _path(request: Request, lang: str) -> str:
    below = str(request.scope["path"]).removeprefix(f"/{lang}/").removesuffix(".json")
    return "" if below == "index" else below


def _query(request: Request) -> dict[str, str]:
    try:
        text = request.scope["query_string"].decode("ascii")
        return {name: _clean(value) for name, value in parse_qsl(text, max_num_fields=50)}
    except ValueError:
        raise HTTPException(400) from None


async def _form(request: Request) -> tuple[dict[str, list[str]], bytes]:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in FORMS:
        raise HTTPException(400)
    fields: dict[str, list[str]] = {}
    upload = b""
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=256 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                upload = await value.read()
            else:
                fields.setdefault(name, []).append(_clean(value))
    return fields, upload


def _clean(text: str) -> str:
    """Without halves of surrogate pairs and NUL, which nothing downstream can write."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
