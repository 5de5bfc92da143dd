"""Files -> Register, and back: strict YAML for people, one compiled file for the wheel."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from rambu.errors import Problem, RambuError, likely
from rambu.model.cascade import Cascade
from rambu.model.case import CaseFile, Coverage, Practice
from rambu.model.instrument import Instrument
from rambu.model.vocabulary import Vocabulary
from rambu.profile import Profile, ProfileReader
from rambu.register import Register
from rambu.strict_yaml import LARGEST_FILE, Document, read, read_file

R = TypeVar("R", bound=BaseModel)
VOCABULARY_KEYS = ("facts", "roles", "trees", "labels", "topics", "groups", "measures", "asks", "kinds", "publishers",
                   "jurisdictions", "memberships", "units", "conversions", "rates", "sources")  # fmt: skip
MESSAGES = {
    "missing": ("a key is missing here", "add it (register/README.md)"),
    "string_type": ("a text is wanted", "put it in quotes"),
    "dict_type": ("a mapping is wanted", "write keys with their values below it"),
    "model_type": ("a mapping is wanted", "write keys with their values below it"),
    "tuple_type": ("a list is wanted", "write it as [a, b] or with dashes"),
    "too_short": ("there must be at least one entry", "add one, or leave the key out"),
}


@dataclass
class Loaded:
    """A register with the documents that it was read from, so that complaints find their place."""

    register: Register
    documents: dict[str, Document] = field(default_factory=dict)


def repository_register() -> Path | None:
    """The folder `register/` of the checkout that we run in, if there is one."""
    here = Path(__file__).resolve().parents[2] / "register"
    return here if (here / "vocabulary").is_dir() else None


def load(folder: Path | None = None) -> Register:
    """The register: of the folder, else as compiled into the package, else of the checkout. Raises RambuError."""
    if folder is not None:
        return load_folder(folder).register
    compiled = resources.files("rambu").joinpath("register.json")
    if compiled.is_file():
        return from_compiled(compiled.read_bytes())
    checkout = repository_register()
    if checkout is None:
        raise RambuError.of(
            "no-register", "the package holds no register", "reinstall it, or name a folder with --register"
        )
    return load_folder(checkout).register


def load_from(path: Path | None) -> Register:
    """The register of a folder or of a compiled file, or the one that came along. Raises RambuError."""
    if path is None or path.is_dir():
        return load(path)
    if not path.is_file():
        raise RambuError.of("missing-file", "there is no such register", "name a folder or a compiled file", str(path))
    try:
        return from_compiled(path.read_bytes())
    except (ValueError, KeyError, TypeError):
        what, do = "this is no compiled register", "name a folder or a compiled file"
        raise RambuError.of("no-register", what, do, str(path)) from None


def load_folder(folder: Path) -> Loaded:
    """Read every file of a register. Raises RambuError with every complaint of shape in one run."""
    return FolderReader(folder).read()


@dataclass
class FolderReader:
    """Reads the files of one register folder, gathering complaints."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)

    def read(self, partial: bool = False) -> Loaded:
        """All of it; `partial` leaves broken files out and their complaints in `problems`. Raises RambuError."""
        if not (self.folder / "vocabulary").is_dir():
            raise RambuError.of("no-register", f"{self.folder} has no folder vocabulary/", "name the folder `register`")
        vocabulary = self._vocabulary()
        instruments = self._records("instruments", Instrument)
        coverage = self._records("coverage", Coverage)
        practices = self._records("practices", Practice)
        cases = self._records("cases", CaseFile)
        cascades = self._records("cascades", Cascade)
        self._misplaced(instruments)
        if vocabulary is None or (self.problems and not partial):
            raise RambuError(sorted(self.problems))
        return Loaded(
            Register(
                version=self._version(),
                vocabulary=vocabulary,
                instruments={record.id: record for _, record in sorted(instruments, key=lambda pair: pair[1].id)},
                coverage={record.jurisdiction: record for _, record in coverage},
                practices=tuple(record for _, record in sorted(practices, key=lambda pair: pair[1].id)),
                cases=tuple(record for _, record in sorted(cases, key=lambda pair: pair[0])),
                cascades={record.jurisdiction: record for _, record in cascades},
            ),
            self.documents,
        )

    def _version(self) -> str:
        file = self.folder / "VERSION"
        return file.read_text("utf-8").strip() if file.is_file() else "0"

    def _document(self, path: Path) -> Document | None:
        try:
            document = read_file(path)
        except RambuError as error:
            self.problems.extend(error.problems)
            return None
        self.documents[str(path)] = document
        return document

    def _vocabulary(self) -> Vocabulary | None:
        merged: dict[str, Any] = {}
        for path in sorted((self.folder / "vocabulary").glob("*.yaml")):
            document = self._document(path)
            if document is None or not isinstance(document.data, Mapping):
                continue
            for key, part in document.data.items():
                if key not in VOCABULARY_KEYS:
                    self._unknown_key(document, (key,), key, VOCABULARY_KEYS)
                elif isinstance(part, Mapping):
                    merged[key] = {**merged.get(key, {}), **part}
                else:
                    merged[key] = [*merged.get(key, []), *part]
        return self._validated(Vocabulary, merged, None)

    def _records(self, kind: str, record: type[R]) -> list[tuple[str, R]]:
        found = []
        for path in sorted((self.folder / kind).rglob("*.yaml")):
            document = self._document(path)
            made = None if document is None else self._validated(record, document.data, document)
            if made is not None:
                found.append((str(path), made))
        return found

    def _validated(self, record: type[R], data: object, document: Document | None) -> R | None:
        try:
            return record.model_validate(data)
        except ValidationError as error:
            self.problems.extend(
                complaints(error, data, document or Document({}, {}, {}, str(self.folder / "vocabulary")), record)
            )
            return None

    def _unknown_key(self, document: Document, path: tuple[str, ...], key: str, known: Iterable[str]) -> None:
        line, column = document.keys.get(path, (0, 0))
        self.problems.append(_unknown_key(document.file, line, column, key, known))

    def _misplaced(self, instruments: list[tuple[str, Instrument]]) -> None:
        """An id is its folder and file name."""
        for file, record in instruments:
            path = Path(file)
            if record.id != f"{path.parent.name}/{path.stem}":
                self.problems.append(
                    Problem(
                        file,
                        1,
                        1,
                        "id",
                        f"id {record.id} is not the file's place",
                        f"write {path.parent.name}/{path.stem}",
                    )
                )


def _unknown_key(file: str, line: int, column: int, key: str, known: Iterable[str]) -> Problem:
    guess = likely(key, known)
    return Problem(
        file,
        line,
        column,
        "unknown-key",
        f"unknown key {key}",
        f"did you mean {guess}?" if guess else "see register/README.md for the keys",
    )


def complaints(error: ValidationError, data: object, document: Document, record: type[BaseModel]) -> list[Problem]:
    """Pydantic's errors as ours: place in the file, what is wrong, what to do; each misspelt key once."""
    found: dict[tuple[object, ...], Problem] = {}
    for entry in error.errors(include_url=False):
        path = _path_in(data, entry["loc"])
        line, column = document.at(path)
        if entry["type"] == "extra_forbidden":
            key = str(entry["loc"][-1])
            line, column = document.keys.get(
                (*path[:-1], key) if path and path[-1] == key else (*path, key), (line, column)
            )
            problem = _unknown_key(document.file, line, column, key, _known_keys(record))
        else:
            what, do = MESSAGES.get(
                entry["type"], (entry["msg"].removeprefix("Value error, "), "see register/README.md")
            )
            where = ".".join(
                str(part) for part in (*path, *((entry["loc"][-1],) if entry["type"] == "missing" else ()))
            )
            problem = Problem(document.file, line, column, entry["type"].replace("_", "-"), f"{where}: {what}", do)
        found.setdefault((problem.line, problem.column, problem.what), problem)
    return list(found.values())


def _path_in(data: object, loc: tuple[int | str, ...]) -> tuple[str | int, ...]:
    """The path of keys that really stand in the file: pydantic's loc without names of unions and aliases."""
    path: list[str | int] = []
    for step in loc:
        inside = _part(data, step)
        if inside is not None:
            data = inside
            path.append(step)
    return tuple(path)


def _part(data: object, step: int | str) -> object:
    """The entry of a mapping or list, or None."""
    if isinstance(data, Mapping):
        return data.get(step)
    if isinstance(data, list | tuple) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _known_keys(record: type[BaseModel]) -> list[str]:
    """Every key that the schema of a record knows anywhere."""
    schema = record.model_json_schema()
    shapes = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for shape in shapes for key in shape.get("properties", {})})


def compile_register(register: Register) -> bytes:
    """The register as one JSON file; cases stay in the repository."""
    dump = {"by_alias": True, "exclude_defaults": True, "mode": "json"}
    return json.dumps(
        {
            "version": register.version,
            "vocabulary": register.vocabulary.model_dump(**dump),  # type: ignore[arg-type]
            "instruments": [record.model_dump(**dump) for record in register.instruments.values()],  # type: ignore[arg-type]
            "coverage": [record.model_dump(**dump) for record in register.coverage.values()],  # type: ignore[arg-type]
            "practices": [record.model_dump(**dump) for record in register.practices],  # type: ignore[arg-type]
            "cascades": [
                record.model_dump(exclude={"worked"}, **dump)  # type: ignore[arg-type]
                for record in register.cascades.values()
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def from_compiled(content: bytes) -> Register:
    """Read what `compile_register` wrote."""
    data = json.loads(content)
    instruments = [Instrument.model_validate(entry) for entry in data["instruments"]]
    coverage = [Coverage.model_validate(entry) for entry in data["coverage"]]
    return Register(
        version=data["version"],
        vocabulary=Vocabulary.model_validate(data["vocabulary"]),
        instruments={record.id: record for record in instruments},
        coverage={record.jurisdiction: record for record in coverage},
        practices=tuple(Practice.model_validate(entry) for entry in data["practices"]),
        cascades={entry["jurisdiction"]: Cascade.model_validate(entry) for entry in data.get("cascades", ())},
    )


def read_profile(content: bytes | str, file: str, register: Register, home: str | None = None) -> Profile:
    """A profile from YAML text; bare results belong to `home`. Raises RambuError with every complaint."""
    document = read(content, file)
    return ProfileReader(register, file, document.marks, home).read(document.data)


def read_profile_file(path: Path, register: Register, home: str | None = None) -> Profile:
    """A profile from a file. Raises RambuError."""
    document = read_file(path)
    return ProfileReader(register, str(path), document.marks, home).read(document.data)


def profile_document(path: Path, stdin: BinaryIO) -> tuple[Document, str]:
    """A profile's file, or stdin where the path is `-`, read strictly, and its text. Raises RambuError."""
    if str(path) == "-":
        content = stdin.read(LARGEST_FILE + 1)
        return read(content, "stdin"), content.decode("utf-8-sig")
    return read_file(path), path.read_bytes().decode("utf-8-sig")


def register_digest(register: Register) -> str:
    """SHA-256 of the compiled register: what an audit file names beside its version."""
    return sha256(compile_register(register)).hexdigest()


def read_profile_from(path: Path, stdin: BinaryIO, register: Register) -> Profile:
    """A profile from a file, or from stdin where the path is `-`. Raises RambuError."""
    if str(path) == "-":
        return read_profile(stdin.read(LARGEST_FILE + 1), "stdin", register)
    return read_profile_file(path, register)
