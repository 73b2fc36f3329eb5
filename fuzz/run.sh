#!/usr/bin/env bash
# Every target of tests/fuzz, led by what it covers (libFuzzer), one after the other:
#
#     fuzz/run.sh [SECONDS] [TARGET...]
#
# each for so many seconds (60), or only those that are named. What makes trouble is kept in target/fuzz/found/<target>/ and
# belongs into tests/fuzz/found/<target>/ once it is mended; what is new to a target stays in target/fuzz/corpus/.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
out=$PWD/../target/fuzz
# What libFuzzer needs of a program, by the compiler's own options: no other toolchain, no cargo-fuzz.
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
host=$(rustc -vV | sed -n 's/^host: //p')
# The target is named so that build scripts and macros are compiled without it.
RUSTFLAGS="$coverage -Ccodegen-units=2 --cfg fuzzing" cargo build --locked --release --target "$host" --target-dir "$out"
(cd .. && PREPBOOK_CORPUS=$out/seeds cargo test --locked --quiet --test fuzz the_corpus_can_be_written)
targets=${*:-$(ls "$out/seeds" | grep -v '^words$')}
status=0
for target in $targets; do
  mkdir -p "$out/corpus/$target" "$out/found/$target"
  echo "== $target"
  PREPBOOK_TARGET=$target nice -n 19 "$out/$host/release/prepbook-fuzz" "$out/corpus/$target" "$out/seeds/$target" \
    -dict="$out/seeds/words" -max_total_time="$seconds" -timeout=60 -max_len=20000 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$out/found/$target/" >"$out/$target.log" 2>&1 || status=1
  grep -E 'stat::number_of_executed_units|cov: [0-9]+' "$out/$target.log" | tail -n 2
  ls "$out/found/$target"
done
exit $status
