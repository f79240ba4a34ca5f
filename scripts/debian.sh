# Sourced by scripts/setup: what must come from Debian's packages, installed where the user may.
MISSING=()

# need PACKAGE COMMAND…: note the package as missing unless the command succeeds.
need() {
    local package="$1"
    shift
    "$@" > /dev/null 2>&1 || MISSING+=("$package")
}

# Installs what is missing; fails, with one plain line, where the user may not.
install_missing() {
    ((${#MISSING[@]})) || return 0
    local packages=("${MISSING[@]}") as_root=()
    MISSING=()
    if ((EUID != 0)); then
        if ! { command -v sudo && sudo -n true; } > /dev/null 2>&1; then
            say "rowan: please install ${packages[*]} first (sudo apt-get install ${packages[*]})."
            return 1
        fi
        as_root=(sudo -n)
    fi
    if ! command -v apt-get > /dev/null; then
        say "rowan: please install ${packages[*]} first (these are Debian's names; apt-get is not here)."
        return 1
    fi
    say "Installing from Debian's packages: ${packages[*]}"
    mkdir -p build
    # A list of packages that is partly out of reach may still hold what is wanted, so the update may fail.
    "${as_root[@]}" apt-get update -qq > build/debian.log 2>&1 || true
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${packages[@]}" >> build/debian.log 2>&1 < /dev/null; then
        tail -n 5 build/debian.log >&2
        say "rowan: apt-get could not install ${packages[*]}; build/debian.log says more."
        return 1
    fi
}

node_will_do() { command -v node && command -v npm && node -e 'process.exit(+process.versions.node.split(".")[0] < 18 ? 1 : 0)'; }
a_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
a_postgresql() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
# The widths of Arial, on which what fits into 390 pixels depends.
the_fonts() { ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf; }
