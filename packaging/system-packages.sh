#!/bin/sh
# Installs the Debian packages named, as far as they are missing: as root through apt, else it says what to type.
set -eu
command -v dpkg-query >/dev/null 2>&1 || { echo "Not a Debian system: please see to these libraries: $*"; exit 0; }
missing=""
for name in "$@"; do
    for form in "$name" "${name}t64"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$form" 2>/dev/null || true)
        [ "$state" = installed ] && continue 2
    done
    # A Python that brings venv along needs no package for it.
    if [ "$name" = python3-venv ] && "${PYTHON:-python3}" -c "import ensurepip, venv" 2>/dev/null; then continue; fi
    missing="$missing $name"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "These system libraries are missing. Please type:  sudo apt-get install$missing" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
