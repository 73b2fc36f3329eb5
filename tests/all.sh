#!/usr/bin/env bash
# A clone -> every check of the project, one after another, and one plain line at the end:
# `N passed, N failed`. Exit 0 only if nothing failed.
#
#     tests/all.sh          everything
#     tests/all.sh quick    formatting, lints, Rust and script tests only
#
# It knows which checks there are and in which order; each of them knows how. A new one is a function
# below and a `step` line at the end of this file; longer ones are files of their own in tests/tools/.
# What is missing gets installed (Debian, Ubuntu): see tests/tools/install.sh.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
mode=${1:-all}
case $mode in
  quick | all) ;;
  *)
    echo 'usage: tests/all.sh [quick]' >&2
    exit 2
    ;;
esac

if [ "$mode" = quick ]; then
  # A part of the random books and of the injected faults; without these, all of them.
  export PREPBOOK_SCRIPTS=60 PREPBOOK_EVERY=8
fi
export CARGO_TERM_COLOR=never PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
target=${CARGO_TARGET_DIR:-$root/target}
prepbook=$target/release/prepbook
logs=$target/checks/logs      # what each step printed, by the step's name
guide=$target/checks/guide    # our handbook, as a reader gets it
manual=$target/checks/manual  # the manual in docs/
fixture=$target/checks/book   # the book of tests/browser/
venv=$target/checks/venv      # Python's packages, by tests/tools/install.sh
mkdir -p "$logs"
rm -f "$logs"/*.log

passed=0
failed=0
failures=()

# step NAME FUNCTION [NEEDED STEP...]: runs one check, its output kept aside and shown if it fails. A check
# whose needs have failed is not run and counts as failed: nothing may pass on an old build.
step() {
  local name=$1 function=$2 need log=$logs/$1.log start status
  shift 2
  printf '%-14s ' "$name"
  for need in "$@"; do
    case " ${failures[*]-} " in
      *" $need "*)
        echo "FAILED, not run: needs $need"
        failed=$((failed + 1))
        failures+=("$name")
        return
        ;;
    esac
  done
  start=$(date +%s%N)
  # In a condition, `set -e` would be off inside the function; so the status is taken the long way.
  set +e
  (
    set -e
    "$function"
  ) >"$log" 2>&1 </dev/null
  status=$?
  set -e
  local tenths=$((($(date +%s%N) - start) / 100000000))
  if [ "$status" = 0 ]; then
    printf 'ok      %d.%d s\n' $((tenths / 10)) $((tenths % 10))
    passed=$((passed + 1))
    grep '^# unsteady' "$log" || true
  else
    printf 'FAILED  %d.%d s\n' $((tenths / 10)) $((tenths % 10))
    cat "$log"
    echo "FAILED: $name (exit $status)"
    failed=$((failed + 1))
    failures+=("$name")
  fi
}

finish() {
  if [ "$failed" -gt 0 ]; then
    echo "failed: ${failures[*]}"
  fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

# --- the checks ---------------------------------------------------------------------------------

tools() { tests/tools/install.sh "$mode"; }

format() { cargo fmt --check; }

lints() {
  cargo clippy --locked --all-targets -- -D warnings
  # These compile the library, and have locks of their own.
  local crate
  for crate in fuzz benches/stages; do
    cargo metadata --locked --format-version 1 --manifest-path "$crate/Cargo.toml" >/dev/null
  done
}

rust() { cargo test --locked --no-fail-fast; }

scripts() { node --test --test-reporter=tap tests/js/*.test.mjs; }

python() { python3 -m unittest discover -s tests/tools; }

# What we are built from may be used, and the notices are those of what is in the binary.
licences() { python3 tests/tools/licences.py; }

docs() { RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps; }

types() {
  tests/browser/node_modules/.bin/tsc --noEmit --project tests/js/tsconfig.json
  # A service worker has no page, so other names are there.
  tests/browser/node_modules/.bin/tsc --noEmit --project tests/js/tsconfig.worker.json
}

slugs() { node tests/slugs/make.mjs --check; }

release() { cargo build --locked --release; }

# What a build costs, in instructions, against what it cost before.
instructions() { python3 benches/instructions.py "$prepbook"; }

# Our own books must build without a word: --strict stops at warnings, and even a note fails the step.
book() {
  local said
  rm -rf "$2"
  said=$("$prepbook" build --quiet --strict "$1" -d "$2" 2>&1) || {
    printf '%s\n' "$said"
    return 1
  }
  if [ -n "$said" ]; then
    printf 'the build should have been silent:\n%s\n' "$said"
    return 1
  fi
}

build_guide() { book . "$guide"; }

# The manual is a book, too, and says what the program knows.
build_manual() {
  book docs "$manual"
  python3 tests/tools/manual.py "$prepbook" "$manual"
}

# What the guide teaches must run; where something for it is missing, that fails too.
code() {
  "$prepbook" test --strict .
  "$prepbook" test --strict docs
}

build_fixture() { book tests/browser/book "$fixture"; }

html() {
  node tests/tools/vnu.mjs "$guide"
  node tests/tools/vnu.mjs "$fixture"
  node tests/tools/vnu.mjs "$manual"
}

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then
      PREPBOOK_CHROMIUM=${PREPBOOK_CHROMIUM:-$(command -v "$name")}
      export PREPBOOK_CHROMIUM
    fi
  done
}

# A second opinion on the pages, by rules that the first has not: accessibility, headings, nesting.
rules() {
  node tests/tools/htmlvalidate.mjs "$guide"
  node tests/tools/htmlvalidate.mjs "$fixture"
  node tests/tools/htmlvalidate.mjs "$manual"
}

policy() {
  find_chromium
  node tests/tools/csp.mjs "$guide"
  node tests/tools/csp.mjs "$fixture"
  node tests/tools/csp.mjs "$manual"
}

# The guide alone, a minute: the fixture is made of oddities, not of pages as they are read.
lighthouse() {
  find_chromium
  node tests/tools/lighthouse.mjs "$guide"
}

weight() {
  find_chromium
  node tests/tools/weight.mjs "$guide" --pages index.html,threat-modeling/index.html,threat-modeling/file-upload-threat-model.html
}

# On paper, by Chromium and as PDF.
paper() {
  find_chromium
  node tests/tools/pdf.mjs "$guide" "$target/checks/pdf"
}

# The book for reading systems.
epub() {
  python3 tests/tools/epub.py "$target/checks/epubcheck" "$guide"
  python3 tests/tools/epub.py "$target/checks/epubcheck" "$fixture"
}

search() { node tests/tools/knownitem.mjs "$guide"; }

links() {
  python3 tests/tools/linkcheck.py --agree "$guide"
  python3 tests/tools/linkcheck.py --agree "$fixture"
  python3 tests/tools/linkcheck.py --agree "$manual"
}

# What the notes at the handbook's beginning ask for, item by item.
seeds() { python3 tests/tools/seeds.py "$guide"; }

sarif() { node tests/tools/sarif.mjs "$prepbook"; }

schemas() { node tests/tools/schemas.mjs "$prepbook" "$guide" "$fixture" "$manual"; }

# What docs/publishing.md says of nginx and S3, done.
hosts() { PATH=$PATH:/usr/sbin "$venv/bin/python" tests/tools/hosts.py "$prepbook" tests/browser/book; }

# What GitHub and pre-commit read of us.
workflows() {
  "$venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml
  "$venv/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
  "$venv/bin/python" tests/tools/workflows.py
}

browser() {
  find_chromium
  # The fixture has the pages that these tests know; the guide is asked what holds for any book.
  PREPBOOK_SITE=$fixture node tests/tools/patient.mjs tests/browser/*.test.mjs
  PREPBOOK_SITE=$guide node tests/tools/patient.mjs tests/tools/any-site.test.mjs
}

# A book of payloads: nothing in it runs, or asks anybody.
hostile() {
  find_chromium
  PREPBOOK=$prepbook node tests/tools/patient.mjs tests/browser/hostile/*.test.mjs
}

# Pages whose sources are edited while a browser shows them.
live() {
  find_chromium
  PREPBOOK=$prepbook node tests/tools/patient.mjs tests/browser/live/*.test.mjs
}

skipped() {
  if [ "$mode" = quick ]; then
    python3 tests/tools/skipped.py "$logs" rust scripts python
  else
    python3 tests/tools/skipped.py "$logs" rust scripts python browser hostile live
  fi
}

# --- in order -----------------------------------------------------------------------------------

step tools tools
if [ "$failed" -gt 0 ]; then
  finish || exit 1
fi
step format format
step lints lints
step rust rust
step scripts scripts
step python python
step licences licences
if [ "$mode" = all ]; then
  step docs docs
  step types types
  step slugs slugs
  step release release
  step instructions instructions release
  step guide build_guide release
  step code code release
  step fixture build_fixture release
  step manual build_manual release
  step html html guide fixture manual
  step rules rules guide fixture manual
  step policy policy guide fixture manual
  step lighthouse lighthouse guide
  step weight weight guide
  step paper paper guide
  step epub epub guide fixture
  step search search guide
  step links links guide fixture manual
  step seeds seeds guide
  step sarif sarif release
  step schemas schemas release guide fixture manual
  step hosts hosts release
  step workflows workflows
  step browser browser guide fixture
  step hostile hostile release
  step live live release
  step skipped skipped rust scripts python browser hostile live
else
  step skipped skipped rust scripts python
fi
finish
