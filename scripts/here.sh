# Sourced by every script: stands in the checkout, whatever its path, and speaks in one voice.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
CHECKOUT="$PWD"
PYTHON_HERE=".venv/bin/python"
unset PYTHONHOME VIRTUAL_ENV CDPATH
# What was compiled once is kept: each of the hundreds of processes of a test run would compile two thousand modules again.
unset PYTHONDONTWRITEBYTECODE
# uv is to resolve for other Pythons, not to fetch them.
export UV_PYTHON_DOWNLOADS=never

# Progress and faults go to standard error, so that what a command prints can be piped on.
say() { printf '%s\n' "$*" >&2; }
stop() {
    printf 'rowan: %s\n' "$*" >&2
    exit 1
}

# One hash over the contents of some files and over some words: what was installed is still what is asked for.
hash_of() {
    local words="$1"
    shift
    { printf '%s\n' "$words" && cat -- "$@"; } | sha256sum | cut -d ' ' -f 1
}

stamped() { [[ -f "$1" && "$(< "$1")" == "$2" ]]; }

# A Rowan of its own that a check may use and throw away; var/ and keys/ are never touched.
scratch_home() {
    SCRATCH="$(mktemp -d)"
    trap 'rm -rf -- "$SCRATCH"' EXIT
    export ROWAN_HOME="$SCRATCH/home" ROWAN_KEYS="$SCRATCH/keys"
    unset DATABASE_URL ROWAN_OWNER_URL
}
