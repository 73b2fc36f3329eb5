# A pytest plugin: what each test did, as a JSON object a line in the file that `--prepbook-report` names. Places are the
# files and lines of `--prepbook-root` that an error went through, outermost first.
import json
import os

import pytest


def pytest_addoption(parser):
    group = parser.getgroup("prepbook")
    group.addoption("--prepbook-report")
    group.addoption("--prepbook-root")


def pytest_configure(config):
    report = config.getoption("--prepbook-report")
    if report:
        config.pluginmanager.register(Recorder(report, config.getoption("--prepbook-root")), "prepbook-recorder")


def first_line(text):
    return next((line.strip() for line in str(text).splitlines() if line.strip()), "")


class Recorder:
    def __init__(self, report, root):
        self.file = open(report, "a", encoding="utf-8")
        self.root = os.path.join(os.path.realpath(root), "")
        self.outcomes = {}
        # The files whose tests could not be found, or were not looked for.
        self.told = set()

    def write(self, **fields):
        # Written at once: a run that is stopped has told which test it was in.
        self.file.write(json.dumps(fields) + "\n")
        self.file.flush()

    def is_ours(self, path):
        if path.startswith("<"):
            return False
        path = os.path.realpath(path)
        below = path[len(self.root) :] if path.startswith(self.root) else ""
        return bool(below) and not any(part.startswith(".") for part in below.split(os.sep))

    def place(self, path, line):
        return {"file": os.path.realpath(path), "line": line}

    def places(self, error):
        found = []
        trace = error.__traceback__
        while trace is not None:
            if self.is_ours(trace.tb_frame.f_code.co_filename):
                found.append(self.place(trace.tb_frame.f_code.co_filename, trace.tb_lineno))
            trace = trace.tb_next
        if isinstance(error, SyntaxError) and error.filename and self.is_ours(error.filename):
            found.append(self.place(error.filename, error.lineno or 1))
        return found

    def at(self, item):
        path, line, name = item.location
        return self.place(os.path.join(str(item.config.rootpath), path), (line or 0) + 1)

    def pytest_collection_finish(self, session):
        files = {os.path.realpath(item.path) for item in session.items} | self.told
        for path in map(os.path.realpath, session.config.args):
            if path not in files:
                self.write(kind="empty", name=os.path.basename(path), places=[self.place(path, 1)])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        self.outcomes[item.nodeid] = "passed"
        self.write(kind="started", name=item.name, places=[self.at(item)])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        if report.failed:
            self.outcomes[item.nodeid] = "failed"
            # A test that was to fail and did not has no exception.
            places = self.places(call.excinfo.value) if call.excinfo else []
            message = call.excinfo.exconly(tryshort=True) if call.excinfo else report.longrepr
            self.failed(item.name, places or [self.at(item)], message, report.longreprtext)
        elif report.skipped and not hasattr(report, "wasxfail"):
            self.outcomes[item.nodeid] = "skipped"
            self.skipped(report)
        elif report.when == "teardown" and self.outcomes.get(item.nodeid) == "passed":
            self.write(kind="passed", name=item.name, places=[self.at(item)])
        return report

    def pytest_exception_interact(self, node, call, report):
        if isinstance(node, pytest.Item):
            return
        error, message = call.excinfo.value, call.excinfo.exconly(tryshort=True)
        # What went wrong while a file was read is what pytest's own error was made of.
        if isinstance(error, pytest.Collector.CollectError) and error.__cause__ is not None:
            error = error.__cause__
            message = f"{type(error).__name__}: {getattr(error, 'msg', error)}"
        own = self.place(str(getattr(node, "path", self.root)), 1)
        self.told.add(own["file"])
        output = report.longreprtext
        if isinstance(error, SyntaxError):
            # How pytest came to read the file says nothing about it.
            output = "\n".join(line for line in output.splitlines() if line.startswith("E "))
        self.failed(node.name, self.places(error) or [own], message, output)

    def failed(self, name, places, message, output):
        self.write(kind="failed", name=name, places=places, message=first_line(message)[:500], output=output[-8000:])

    def pytest_collectreport(self, report):
        if report.skipped:
            self.told.add(os.path.realpath(report.longrepr[0]))
            self.skipped(report)

    def skipped(self, report):
        path, line, reason = report.longrepr
        message = first_line(reason.removeprefix("Skipped: "))
        self.write(kind="skipped", name=report.nodeid, places=[self.place(path, line)], message=message)

    def pytest_sessionfinish(self):
        self.write(kind="finished")
        self.file.close()
