"""docker-compose.yml and Dockerfile hold what production promises; the client checks the file too where it can."""

import os
import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from tests.runtime.machine import ROOT

COMPOSE = ROOT / "docker-compose.yml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
PRODUCT = ("web", "worker", "beat", "migrate")
EVERY = pytest.mark.parametrize("name", SERVICES)
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>[A-Z_]+)(?P<rest>[^}]*)\}")
NAME_AS_SETTING = re.compile(r"""(?:os\.environ(?:\.get\(|\[)|needed\()\s*"([A-Z_]+)""")


def test_the_parts_are_these_and_no_others() -> None:
    assert set(SERVICES) == {*PRODUCT, "postgres", "redis"}


@EVERY
def test_each_part_runs_unprivileged_on_a_disk_it_cannot_write(name: str) -> None:
    service = SERVICES[name]
    assert int(service["user"].split(":")[0]) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"]
    assert "privileged" not in service


@EVERY
def test_each_part_says_whether_it_is_well_and_the_job_ends(name: str) -> None:
    if name == "migrate":
        assert SERVICES[name]["restart"] == "no"
    else:
        assert SERVICES[name]["healthcheck"]["test"]
        assert SERVICES[name]["restart"] == "unless-stopped"


@EVERY
def test_only_the_servers_keep_anything_and_only_web_listens(name: str) -> None:
    named = [volume for volume in SERVICES[name].get("volumes", []) if not volume.startswith("./")]
    assert bool(named) == (name in {"postgres", "redis"})
    assert ("ports" in SERVICES[name]) == (name == "web")
    assert SERVICES[name]["networks"] == (["front", "data"] if name in PRODUCT else ["data"])


def test_the_servers_network_leads_nowhere() -> None:
    assert yaml.safe_load(COMPOSE.read_text())["networks"]["data"] == {"internal": True}


def test_web_may_be_several_and_beat_only_one() -> None:
    assert SERVICES["web"]["deploy"]["replicas"] == "${WEB_REPLICAS:-2}"
    assert re.search(r"\d+-\d+\}:8000$", SERVICES["web"]["ports"][0])
    assert "container_name" not in SERVICES["web"]
    assert SERVICES["beat"]["deploy"]["replicas"] == 1
    assert SERVICES["beat"]["container_name"]


def test_migrations_run_once_as_the_owner_before_anything_else_starts() -> None:
    assert SERVICES["migrate"]["command"] == "python manage.py migrate --database=owner --noinput"
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert "DATABASE_OWNER_URL" not in SERVICES[name]["environment"]
    assert "prevent_owner" in SERVICES["migrate"]["environment"]["DATABASE_OWNER_URL"]


def test_every_secret_comes_from_outside_and_a_missing_one_stops_the_start() -> None:
    for service in SERVICES.values():
        for key, value in service["environment"].items():
            if re.search(r"SECRET_KEY$|PASSWORD$", key) and not key.startswith(("EMAIL", "AWS")):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]+\}", value), key
            if key.endswith("_URL") and "://" in value.split("${")[0]:
                assert re.search(r":\$\{[A-Z_]+:\?[^}]+\}@", value), key


def test_postgres_is_18_logs_no_words_and_gets_the_same_roles_as_everywhere() -> None:
    postgres = SERVICES["postgres"]
    assert postgres["image"].startswith("postgres:18")
    assert "log_min_messages=log" in postgres["command"]
    assert "log_min_error_statement=panic" in postgres["command"]
    assert "log_error_verbosity=terse" in postgres["command"]
    mounted = [volume.split(":")[0] for volume in postgres["volumes"] if volume.startswith("./")]
    assert mounted == ["./prevent_cases/local/roles.sql", "./scripts/postgres-init.sh"]
    assert all((ROOT / path).is_file() for path in mounted)
    assert os.access(ROOT / "scripts" / "postgres-init.sh", os.X_OK)


def test_every_variable_anybody_reads_is_explained_in_the_example() -> None:
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    asked = {match["name"] for match in VARIABLE.finditer(COMPOSE.read_text())}
    for file in ("settings.py", "gunicorn.py"):
        asked |= set(NAME_AS_SETTING.findall((ROOT / "prevent_cases" / file).read_text()))
    assert asked - example == set()


def test_every_setting_of_the_product_reaches_its_containers() -> None:
    settings = set(NAME_AS_SETTING.findall((ROOT / "prevent_cases" / "settings.py").read_text()))
    dockerfile = set(re.findall(r"^(?:ENV )? *([A-Z_]+)=", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    given = set(SERVICES["migrate"]["environment"]) | dockerfile
    # Uploads wait in the container's own /tmp, and a test may hold the clock; production may not.
    assert settings - given - {"UPLOAD_TEMP_DIR", "PREVENT_NOW"} == set()


def test_the_image_is_small_unprivileged_and_holds_no_secret() -> None:
    text = (ROOT / "Dockerfile").read_text()
    stages = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert stages == ["python:3.11-slim-bookworm"] * 2
    last = text.rsplit("FROM ", 1)[1]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "requirements-dev" not in text
    assert "--require-hashes" in text
    assert "HEALTHCHECK" in last
    assert "prevent_cases.local.alive" in last
    assert not re.search(r"^(ENV|ARG)\b[^\n]*(SECRET|PASSWORD|KEY)", text, re.MULTILINE)
    for source in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / source).exists(), source


def test_nothing_enters_the_image_that_is_not_named() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines[1] == "*"
    named = {line[1:] for line in lines if line.startswith("!")}
    copied = set(re.findall(r"^COPY (?!--from)(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    assert named == copied


def has_compose() -> bool:
    client = shutil.which("docker")
    if client is None:
        return False
    return subprocess.run([client, "compose", "version"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_compose(), reason="this machine's Docker client has no compose")
def test_the_client_accepts_the_file_and_refuses_it_without_its_secrets() -> None:
    variables = {match["name"]: "1" for match in VARIABLE.finditer(COMPOSE.read_text()) if ":?" in match["rest"]}
    command = ["docker", "compose", "--file", str(COMPOSE), "config", "--quiet"]
    path = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    subprocess.run(command, env=path | variables, check=True)
    assert subprocess.run(command, env=path, capture_output=True, check=False).returncode != 0
