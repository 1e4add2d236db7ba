"""Look the pinned packages up among the known vulnerabilities, where an advisory source can be reached.

Ends with 1 only where a vulnerability is known: a closed network is said aloud and fails nothing.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--requirement"]
    command += ["requirements-dev.txt", "--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=180)
        audited = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        audited = []
    answered = [package for package in audited if "vulns" in package]
    if not answered:
        print("pip-audit: no advisory source is reachable from here, so the pins were not looked up.")
        return 0
    known = [(package, each) for package in answered for each in package["vulns"]]
    for package, each in known:
        mended = ", ".join(each["fix_versions"]) or "no version yet"
        print(f"pip-audit: {package['name']} {package['version']}: {each['id']}, mended in {mended}")
    print(f"pip-audit: {len(answered)} of {len(audited)} pins looked up, {len(known)} known vulnerabilities.")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
