#!/bin/sh
# Make .venv hold exactly the pinned packages; does nothing where it already does.
# PYTHON names another Python 3.11 than the one on the path.
set -eu
cd "$(dirname "$0")/.."

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 is missing: install it (Debian 12: apt-get install python3.11-venv)" \
        "or name it with PYTHON=/path/to/python3.11." >&2
    exit 1
}

# A venv knows where it stands, so a moved checkout makes a new one.
wanted=$({ pwd; cat requirements-dev.txt; } | cksum)
if [ "$(cat .venv/.holds 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi
python=$(find_python)
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    echo "Making .venv."
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        echo "Python has no venv module: install it (Debian 12: apt-get install python3.11-venv)." >&2
        exit 1
    fi
fi
echo "Installing the pinned packages; this takes about a minute."
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement requirements-dev.txt >.venv/install.log 2>&1; then
    tail -n 3 .venv/install.log >&2
    echo "The packages could not be installed: all of it is in .venv/install.log." >&2
    exit 1
fi
echo "$wanted" >.venv/.holds
