#!/bin/sh
# Packages of Debian and Ubuntu that `make test` uses: says which are there and installs the others.
#
#   ./setup-system.sh             print the list and install what is missing, as root or with
#                                 `sudo -n`; it never asks for a password. Where it may not install,
#                                 it prints the one line to run and ends well: the tests that need
#                                 what is missing are skipped and named at the end (tests/conftest.py).
#   ./setup-system.sh --missing   print one line for each that is missing: marker, tab, package
#   NO_SYSTEM=1                   install nothing
set -u

# One line for each package: the marker of the tests that need it (- for what make itself needs),
# the package, what it is for, and a command that succeeds where it (or another make of it) is there.
needs() {
  cat <<'LIST'
-|make|runs all this|command -v make
-|git|the tests of the repository|command -v git
-|python3|3.11 or newer|python_is_new
-|python3-venv|the environment .venv|"$(python)" -c 'import venv, ensurepip'
office|libreoffice-writer-nogui|reading DOC, WPS, RTF, ODT|command -v soffice || command -v libreoffice
fonts|fonts-noto-cjk|drawing pages in Chinese|ls /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc
browser|chromium|opening reports|test -n "${CHROMIUM:-}" || command -v chromium || command -v chromium-browser
browser|libatomic1|the driver of the browser|ls /usr/lib/*/libatomic.so.1
postgres|postgresql|a server of PostgreSQL|command -v initdb || ls /usr/lib/postgresql/*/bin/initdb
LIST
}

python() { command -v python3.11 || command -v python3; }
python_is_new() { "$(python)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }
is_there() { eval "$1" >/dev/null 2>&1; }

missing() { # the lines of what is missing
  needs | while IFS='|' read -r marker package what check; do
    is_there "$check" || printf '%s\t%s\n' "$marker" "$package"
  done
}

if [ "${1:-}" = --missing ]; then
  missing
  exit 0
fi

echo "System packages for the tests:"
needs | while IFS='|' read -r marker package what check; do
  if is_there "$check"; then state=there; else state=MISSING; fi
  printf '  %-25s %-28s %s\n' "$package" "$what" "$state"
done
packages=$(missing | cut -f 2 | tr '\n' ' ' | sed 's/ *$//')
[ -n "$packages" ] || exit 0

install="apt-get install -y --no-install-recommends $packages"
as_root=
if [ -n "${NO_SYSTEM:-}" ]; then
  why="NO_SYSTEM is set"
elif ! command -v apt-get >/dev/null 2>&1; then
  why="there is no apt-get here"
elif [ "$(id -u)" -eq 0 ]; then
  why=
elif sudo -n true >/dev/null 2>&1; then
  why= as_root="sudo -n"
else
  why="this needs root, and sudo would ask for a password"
fi

if [ -z "$why" ]; then
  echo "Installing: $packages"
  log=$(mktemp)
  # shellcheck disable=SC2086  # words, each an argument of its own
  if { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive $install -q; } </dev/null >"$log" 2>&1; then
    rm -f "$log"
    exit 0
  fi
  tail -n 5 "$log" >&2
  rm -f "$log"
  why="apt-get failed, see above"
fi
echo "Not installed ($why). What needs them is not tested. To install them, run as root:" >&2
echo "  apt-get update && $install" >&2
