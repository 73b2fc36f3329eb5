# The table of codes in src/diagnostic/code.rs -> docs/diagnostics.md, whole. Knows nothing of what a code means.
#
#     awk -f docs/diagnostics.awk src/diagnostic/code.rs > docs/diagnostics.md

BEGIN {
  print "# Diagnostics\n"
  print "Every kind of mistake that prepbook reports, with the level it has unless `[lints]` in `book.toml` gives it another one:"
  print "an error keeps the book from being published, a warning does so under `--strict`, a note is only printed, and what is off"
  print "is not printed. Each is explained in a file of its own, with an example that fails and one that is mended;"
  print "`prepbook explain CODE` prints it. [reference.md](reference.md#diagnostics) tells more."
  print ""
  print "This file is printed from the one table in `src/diagnostic/code.rs`. Do not edit it; after a change there run"
  print ""
  print "    awk -f docs/diagnostics.awk src/diagnostic/code.rs > docs/diagnostics.md"
  print ""
  print "| Code | Default | Meaning |"
  print "|---|---|---|"
}

/^codes! \{/ { inside = 1; next }
/^\}/ { inside = 0 }

# A row: Variant "area/what" Level "Meaning." The meaning may hold escaped quotes and what Markdown takes for HTML.
inside && match($0, /^ +[A-Za-z0-9]+ "[^"]+" [A-Za-z]+ ".*"$/) {
  split($0, part, "\"")
  level = part[3]
  gsub(/ /, "", level)
  meaning = substr($0, index($0, part[3]) + length(part[3]) + 1)
  meaning = substr(meaning, 1, length(meaning) - 1)
  gsub(/\\"/, "\"", meaning)
  gsub(/</, "\\&lt;", meaning)
  gsub(/\|/, "\\|", meaning)
  print "| [`" part[2] "`](codes/" part[2] ".md) | " tolower(level) " | " meaning " |"
}
