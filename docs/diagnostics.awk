# The table of codes in src/diagnostic/code.rs -> docs/diagnostics.md, whole. Knows nothing of what a code means.
#
#     awk -f docs/diagnostics.awk src/diagnostic/code.rs > docs/diagnostics.md

BEGIN {
  print "---"
  print "description: Every kind of mistake that prepbook reports, by area, with its level."
  print "order: 70"
  print "---\n"
  print "<!-- Printed from the table in src/diagnostic/code.rs; after a change there run"
  print "     awk -f docs/diagnostics.awk src/diagnostic/code.rs > docs/diagnostics.md -->\n"
  print "# Diagnostics\n"
  print "Every kind of mistake that prepbook reports, by area, with the level it has unless `[lints]` in"
  print "[`book.toml`](configuration.md#lints) gives it another one: an error keeps the book from being published, a warning does so"
  print "under `--strict`, a note is only printed, and what is off is not printed. Each is explained on a page of its own, with an"
  print "example that fails and one that is mended; `prepbook explain CODE` prints that page."
}

/^codes! \{/ { inside = 1; next }
/^\}/ { inside = 0 }

# A row: Variant "area/what" Level "Meaning." The meaning may hold escaped quotes and what Markdown takes for HTML.
inside && match($0, /^ +[A-Za-z0-9]+ "[^"]+" [A-Za-z]+ ".*"$/) {
  split($0, part, "\"")
  split(part[2], name, "/")
  if (name[1] != area) {
    area = name[1]
    print "\n## " area "\n"
    print "| Code | Default | Meaning |"
    print "|---|---|---|"
  }
  level = part[3]
  gsub(/ /, "", level)
  meaning = substr($0, index($0, part[3]) + length(part[3]) + 1)
  meaning = substr(meaning, 1, length(meaning) - 1)
  gsub(/\\"/, "\"", meaning)
  gsub(/</, "\\&lt;", meaning)
  gsub(/\|/, "\\|", meaning)
  print "| [`" part[2] "`](codes/" part[2] ".md) | " tolower(level) " | " meaning " |"
}
