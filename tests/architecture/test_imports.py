"""Apps lean one way, files lean one way, and every import stands at the top of its file."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, functions, imports, only_excepted, operations, product

LINT = Path(sys.executable).with_name("lint-imports")
SETTINGS = {
    "prevent_cases.casework.store: django.conf.settings": "whether there is a scanner decides how a file waits",
}
REACHES_OUT = ("django.conf", "django.http", "django.forms", "django.shortcuts", "django.contrib.messages", "celery")


def linted(config: Path = ROOT / "pyproject.toml") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--config", str(config), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_every_import_contract_is_kept():
    done = linted()
    assert done.returncode == 0, done.stdout[-4000:]
    assert " 0 broken" in done.stdout


def test_the_contracts_can_see_a_broken_one(tmp_path):
    backwards = tmp_path / "backwards.toml"
    backwards.write_text(
        '[tool.importlinter]\nroot_packages = ["referrals"]\n'
        '[[tool.importlinter.contracts]]\nname = "Backwards"\ntype = "layers"\n'
        'layers = ["referrals.states", "referrals.workflow"]\n'
    )
    done = linted(backwards)
    assert done.returncode == 1
    assert "referrals.workflow.adult -> referrals.states" in done.stdout


def test_no_import_hides_inside_a_function():
    hidden = [m.at(node) for m in product() for function in functions(m.tree) for node, _ in imports(function)]
    assert hidden == []


def test_nothing_is_imported_by_its_name_at_run_time_but_declarations():
    """AppConfig.ready declares: procedures, sentences. Elsewhere it would be an import inside a function, disguised."""
    found = [m.at(node) for m in product() for node, name in imports(m.tree) if name == "importlib.import_module"]
    assert [place for place in found if "/apps.py:" not in place] == []


def test_operations_know_no_request_form_setting_or_broker():
    found = {
        f"{m.name}: {name}": m.at(node)
        for m in operations()
        for node, name in imports(m.tree)
        if name.startswith(REACHES_OUT) or ".forms" in name or ".views" in name
    }
    only_excepted(found, SETTINGS)
