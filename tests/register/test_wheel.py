"""`python -m build` gives a wheel that answers from an empty directory with no repository beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=300)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_answers_by_itself(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("site: {place: SGP, ghg_emissions: 30_000}\n", "utf-8")
    code = (
        "import rambu; assert rambu.__file__.startswith({site!r}), rambu.__file__; from rambu.cli import main; main()"
    )
    command = [
        sys.executable,
        "-S",
        "-c",
        code.format(site=str(unpacked)),
        "assess",
        "profile.yaml",
        "--as-of",
        "2026-11-24",
    ]
    # -S leaves the editable install out; the dependencies come by path
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(unpacked), dependencies])}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "45" in done.stdout  # Singapore's carbon tax of 2026, SGD a tonne
    assert "register 20" in done.stdout


def test_the_wheel_carries_the_register_and_its_licence(unpacked: Path) -> None:
    assert (unpacked / "rambu" / "register.json").stat().st_size > 100_000
    assert list(unpacked.glob("*.dist-info/licenses/**/LICENSE"))
