"""The examples, the notebook, and the Python of the documentation run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MODELS, ROOT, load_example

import monotone
from monotone import Outcome


def test_the_single_file_ppo_is_audited(capsys: pytest.CaptureFixture[str]) -> None:
    ppo = load_example("cleanrl-ppo/ppo.py")
    audit = ppo.main(ppo.Args(total_timesteps=8192))
    assert len(audit.rows) == 16
    assert all(row.batch is not None and row.batch["impossibleRows"] == 0 for row in audit.rows)
    learnt = audit.rows[-1].return_candidate
    assert learnt >= float(audit.rows[0].return_current)
    assert any(row.outcome is not Outcome.UNCHANGED for row in audit.rows)
    assert capsys.readouterr().out.count("<AuditRow") == 16


@pytest.mark.skipif(not (ROOT / "Examples").exists(), reason="needs the source checkout")
def test_the_planted_error_is_told() -> None:
    file = ROOT / "Examples/numpy-npg/npg.py"
    right = subprocess.run([sys.executable, file], capture_output=True, text=True, check=False)
    assert (right.returncode, right.stderr) == (0, "")
    faulty = subprocess.run([sys.executable, file, "--faulty"], capture_output=True, text=True, check=False)
    assert faulty.returncode == 1
    assert "the step goes against the advantages (proved)" in faulty.stderr
    assert "reproduce: monotone check model.json" in faulty.stderr


DOCUMENTS = ["README.md", "python/README.md", "Documentation/Monotone.docc/Python.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_python_of_the_documentation_runs(name: str, tmp_path: Path) -> None:
    """Blocks fenced as ```python run in order, in a folder with the models; tests in them as tests."""
    if not (ROOT / name).exists():
        pytest.skip("needs the source checkout")
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    (tmp_path / "mdps").symlink_to(ROOT / "mdps")
    (tmp_path / "test_blocks.py").write_text("\n".join(blocks), encoding="utf-8")
    plugin = [] if "monotone" in plugins() else ["-p", "monotone.pytest_plugin"]
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, "test_blocks.py"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    # Status 5: no test among the blocks; they were imported, and so ran.
    assert done.returncode in (0, 5), done.stdout


def plugins() -> set[str]:
    from importlib.metadata import entry_points

    return {point.name for point in entry_points(group="pytest11")}


def test_the_notebook_runs() -> None:
    path = ROOT / "Examples/notebooks/first-steps.ipynb"
    if not path.exists():
        pytest.skip("needs the source checkout")
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert any("text/html" in output.get("data", {}) for output in outputs)


def test_the_command_writes_reports(tmp_path: Path) -> None:
    folder = monotone.verify(MODELS / "racing.json", tmp_path / "report", rule_iterations=0)
    assert (folder / "verification.json").exists()
    dense = monotone.convert(MODELS / "racing.json", tmp_path / "dense.json", to="dense")
    with monotone.load(dense) as mdp:
        assert mdp.solve("greedy(uniform)", arithmetic="exact").expected_return.exact == 10
    with pytest.raises(monotone.UnreadableFile, match="none"):
        monotone.verify("none.json", tmp_path / "other")
    with pytest.raises(monotone.UsageError):
        monotone.convert(MODELS / "racing.json", tmp_path / "x.json", to="nosuch")
