#!/bin/sh
# Install what no Python package can bring: `pdf` for WeasyPrint's libraries and a font, `browser` for Chromium.
# Installs only what is missing, only where apt-get may; otherwise says what to install.
set -eu
cd "$(dirname "$0")/.."

missing=
for need in "$@"; do
    case $need in
    pdf)
        .venv/bin/python -c 'from prevent_cases.local.preflight import check_pango; check_pango()' 2>/dev/null ||
            missing="$missing libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        fonts=$(find /usr/share/fonts /usr/local/share/fonts /Library/Fonts -name '*.[to]tf' 2>/dev/null | head -n 1)
        [ -n "$fonts" ] || missing="$missing fonts-liberation"
        ;;
    browser)
        command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
        ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing."
    export DEBIAN_FRONTEND=noninteractive
    exec 3>&2 2>/dev/null
    # shellcheck disable=SC2086
    if apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends $missing >&2 </dev/null; then
        exit 0
    fi
    exec 2>&3
fi
echo "Missing and not installable from here: apt-get install$missing" >&2
exit 1
