# shellcheck shell=sh
# Makes the virtual environment of a checkout. Read by ./run and ./test, which set $root first.
# Installs only what changed, so a second start needs no network.

venv=$root/.venv
python=$venv/bin/python

# Whatever the caller's shell says, packages go into the environment, quietly and unasked.
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "$*"
    exit 1
}

# --- system packages ---

has() {
    command -v "$1" >/dev/null 2>&1
}

has_chromium() {
    has chromium || has chromium-browser
}

chromium_package() {
    # Ubuntu has the browser under its old name only.
    if grep -qs '^ID=ubuntu' /etc/os-release; then echo chromium-browser; else echo chromium; fi
}

may_install() {
    [ "$(id -u)" -eq 0 ] && has apt-get
}

# apt_install PACKAGE...: as root only; a busy package manager is waited for. A list that cannot be
# renewed (some other source is away) is no reason to stop: the package may be in the old one.
apt_install() {
    say "Installing $* ..."
    {
        apt-get -qq -o DPkg::Lock::Timeout=300 update || true
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
            -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "$@"
    } </dev/null >/dev/null
}

# need WHY PACKAGE...: install the packages, or name the line that does and stop.
need() {
    why=$1
    shift
    [ $# -gt 0 ] || return 0
    if may_install && apt_install "$@"; then return; fi
    stop "$why; type: sudo apt-get update && sudo apt-get install -y $*"
}

# --- Python ---

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# works: the environment's interpreter starts and has pip (not after a system upgrade).
works() {
    "$python" -c 'import pip' 2>/dev/null
}

# missing_python: the packages that bring our Python; none when the environment stands already.
missing_python() {
    if works; then return; fi
    if ! base=$(find_python); then
        if has python3; then
            stop "Motcua needs Python 3.11 or newer, and this system's is $(python3 -V 2>&1)."
        fi
        echo python3 python3-venv
    elif ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        case $base in
        */python3) echo python3-venv ;;
        *) echo "${base##*/}-venv" ;;
        esac
    fi
}

make_environment() {
    base=$(find_python) || stop "Motcua needs Python 3.11 or newer."
    "$base" -c 'import sys; sys.exit(sys.maxsize < 2**32)' ||
        stop "Motcua needs a 64-bit system: some packages it uses exist for no 32-bit one."
    say "Preparing Motcua: the first start takes a minute or two ..."
    "$base" -m venv --clear "$venv" || stop "The virtual environment could not be made in $venv."
}

# install ARGUMENT...: pip, with one sentence when it fails.
install() {
    "$python" -m pip install --quiet "$@" </dev/null >&2 ||
        stop "The packages could not be installed (see above); the first start needs the network."
}

# unchanged FILE: whether the file is what it was when its packages were installed.
unchanged() {
    cmp -s "$root/$1" "$venv/motcua/$1"
}

mark() {
    cp "$root/$1" "$venv/motcua/$1"
}

# prepare REQUIREMENTS: environment, hashed packages, then Motcua itself from this folder.
prepare() {
    works || make_environment
    mkdir -p "$venv/motcua"
    if ! unchanged "$1"; then
        install --require-hashes --no-deps -r "$root/$1"
        mark "$1"
    fi
    if ! unchanged requirements-build.txt; then
        install --require-hashes --no-deps --no-build-isolation --use-pep517 \
            -r "$root/requirements-build.txt"
        mark requirements-build.txt
    fi
    prepare_project
    link_types
}

# The project is installed again when it moved (its path stands in the environment), when what
# describes it changed, or when the built assets are gone.
prepare_project() {
    if unchanged pyproject.toml && unchanged hatch_build.py && unchanged requirements-build.txt &&
        [ "$(cat "$venv/motcua/root" 2>/dev/null)" = "$root" ] &&
        [ -f "$root/static/vendor/LICENSES.txt" ]; then
        return
    fi
    install --no-deps --no-build-isolation --no-index --editable "$root"
    mark pyproject.toml
    mark hatch_build.py
    printf '%s\n' "$root" >"$venv/motcua/root"
}

# mypy follows no mapping of folders: give it the package as the wheel has it, in relative links.
link_types() {
    types=$venv/types/motcua
    mkdir -p "$types"
    for path in "$root"/motcua/*; do
        name=${path##*/}
        [ "$name" = __pycache__ ] || [ -L "$types/$name" ] ||
            ln -s "../../../motcua/$name" "$types/$name"
    done
    for name in kiosk queue counter display reports; do
        [ ! -d "$root/$name" ] || [ -L "$types/$name" ] || ln -s "../../../$name" "$types/$name"
    done
    find "$types" -xtype l -delete
}

# locked COMMAND...: two starts at once wait for each other. The folder itself is the lock, held by
# the subshell alone: what the command starts does not keep it.
locked() {
    (
        flock 9
        "$@" 9<&-
    ) 9<"$root"
}
