"""Part of a register folder, for writers who wait: some files with those that they rest on, and nothing else read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rambu.errors import RambuError
from rambu.load import FolderReader
from rambu.model.case import CaseFile
from rambu.model.instrument import Instrument
from rambu.register import Register


@dataclass
class NearReader(FolderReader):
    """Reads the vocabulary and the files asked for; complaints about them stand in `problems`."""

    def read_near(self, files: Iterable[Path]) -> tuple[Register, tuple[str, ...]]:
        """A register of these instruments or case files and what they use, and the ids asked for. Raises RambuError."""
        vocabulary = self._vocabulary()
        if vocabulary is None:
            raise RambuError(sorted(self.problems))
        cases, wanted = self._asked(files)
        instruments: dict[str, Instrument] = {}
        self._gather(wanted, instruments)
        found = Register(self._version(), vocabulary, instruments, {}, cases=tuple(cases))
        return found, tuple(dict.fromkeys([*(file.instrument for file in cases), *(_id(path) for path in wanted)]))

    def _asked(self, files: Iterable[Path]) -> tuple[list[CaseFile], list[Path]]:
        cases, wanted = [], []
        for path in (inner for file in files for inner in _files(file)):
            if path.parent.parent.name == "cases":
                document = self._document(path)
                case = None if document is None else self._validated(CaseFile, document.data, document)
                if case is not None:
                    cases.append(case)
                    wanted.append(self._place(case.instrument))
            else:
                wanted.append(path)
        return cases, wanted

    def _place(self, name: str) -> Path:
        return self.folder / "instruments" / f"{name}.yaml"

    def _gather(self, wanted: list[Path], found: dict[str, Instrument]) -> None:
        """The files, those they use, and those that displace something in them."""
        queue = [*wanted, *(path for file in wanted for path in self._displacing(_id(file)))]
        while queue:
            path = queue.pop()
            document = None if _id(path) in found else self._document(path)
            record = None if document is None else self._validated(Instrument, document.data, document)
            if record is not None:
                found[record.id] = record
                queue.extend(self._place(name) for name in record.uses.values() if name not in found)

    def _displacing(self, name: str) -> Iterator[Path]:
        """Files that name a provision of this one: `overrides` is the only way to do so without `uses`."""
        for path in (self.folder / "instruments").rglob("*.yaml"):
            if f"{name}." in path.read_text("utf-8", errors="replace"):
                yield path


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"
