#!/usr/bin/python3
"""Runs the Python side of the cases under SQLAlchemy 1.4 and writes the statements that each emits.

    oracle.py [--output FILE] [NAME...]

A line "case NAME" begins a case; the lines behind it, each indented by a tab, are its record: statements with white
space folded, their parameters behind four spaces, BEGIN, COMMIT and ROLLBACK, the first sentence of each warning, and
what show() and fails() add.
"""

import argparse
import contextlib
import logging
import pathlib
import re
import sqlite3
import sys
import traceback
import warnings

try:
    import sqlalchemy
except ImportError:
    sys.exit(
        f"oracle.py: {sys.executable} has no SQLAlchemy. The differential tests compare with SQLAlchemy 1.4: install"
        " Debian's python3-sqlalchemy (tools/setup does it), or point the CMake variable ALUDEL_SQLALCHEMY_PYTHON to an"
        " interpreter that has it."
    )
if not sqlalchemy.__version__.startswith("1.4."):
    sys.exit(
        f"oracle.py: {sys.executable} has SQLAlchemy {sqlalchemy.__version__}, and the differential tests compare with"
        " 1.4: point the CMake variable ALUDEL_SQLALCHEMY_PYTHON to an interpreter with that version, such as Debian 12's"
        " /usr/bin/python3 with python3-sqlalchemy."
    )

from sqlalchemy import event, orm  # noqa: E402
from sqlalchemy.pool import StaticPool  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
import models  # noqa: E402
import library  # noqa: E402


class Record(logging.Handler):
    """What the engine logs, in the form that the C++ side has."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []
        self.active = True

    def add(self, line):
        if self.active:
            self.lines.append(line)

    def emit(self, record):
        if record.msg.startswith("[%s] %r"):
            self.add("    " + repr(record.args[1]))
        else:
            self.add(re.sub(r"[ \t\r\n]+", " ", record.getMessage()).strip(" "))

    @contextlib.contextmanager
    def paused(self):
        before, self.active = self.active, False
        try:
            yield
        finally:
            self.active = before


def plain(value):
    """Rows as tuples, so that they print alike."""
    if isinstance(value, (tuple, sqlalchemy.engine.Row)):
        return tuple(plain(item) for item in value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


# The values of binary columns print as bytes, not as addresses of memoryview objects.
sqlite3.dbapi2.Binary = bytes


def make_engine():
    """A database in memory that begins its transactions when it is told to, and enforces foreign keys."""
    engine = sqlalchemy.create_engine("sqlite://", future=True, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def connect(connection, _):
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.connection.dbapi_connection.execute("BEGIN")

    return engine


# What only SQLAlchemy warns of: its storage of decimals, keys without default, the order of DROP.
OWN_WARNINGS = ("Dialect sqlite+pysqlite does *not* support", "Column '", "Can't sort tables for DROP")


def warning_line(text):
    """The first sentence of a warning, without addresses, and without an order that changes from run to run."""
    text = re.sub(r" at 0x[0-9a-f]+", "", text)
    text = re.sub(r"\(<class '(?:[^']*\.)?(\w+)'>, (\(.*?\)), None\)", r"(\1, \2)", text)
    text = re.sub(r" between FROM element.*", "", text, flags=re.DOTALL)
    return "warning " + re.split(r"\.\s", text)[0].rstrip(".")


class Case:
    """What the text of a case sees: SQLAlchemy's names, the models, and the names here."""

    def __init__(self, record, area):
        self.record = record
        self.engine = make_engine()
        self.connection = None
        # The sessions of the cases about relationships have no cascade along back references, as SQLAlchemy 2.0's.
        self.session = orm.Session(self.engine, future=area in ("rel", "load", "cascade"))
        self.create(models.Base.metadata)

    def names(self):
        found = {}
        for module in (sqlalchemy, orm, models, library):
            found.update({name: getattr(module, name) for name in dir(module) if not name.startswith("_")})
        found.update(
            engine=self.engine,
            session=self.session,
            execute=self.execute,
            create=self.create,
            show=self.show,
            fails=self.fails,
        )
        return found

    def execute(self, statement, *arguments):
        if self.connection is None:
            self.connection = self.engine.connect()
        return self.connection.execute(statement, *arguments)

    def create(self, metadata):
        with self.record.paused():
            metadata.create_all(self.engine)

    def show(self, *values):
        self.record.add("show " + ", ".join(repr(plain(value)) for value in values))

    @contextlib.contextmanager
    def fails(self):
        try:
            yield
        except Exception as error:  # the class is part of the comparison
            self.record.add("raises " + type(error).__name__)
        else:
            self.record.add("raises nothing")

    def close(self):
        self.session.close()
        if self.connection is not None:
            self.connection.close()
        self.engine.dispose()


def run(path, record):
    text = path.read_text(encoding="utf-8")
    match = re.search(r'R"python\(\n(.*?)\)python"', text, re.DOTALL)
    if not match:
        return [f'error: no R"python(...)python" in {path}']
    record.lines = []
    record.active = True
    case = Case(record, path.stem.split("_")[0])
    padding = "\n" * text.count("\n", 0, match.start(1))  # so that errors name the right line
    try:
        exec(compile(padding + match.group(1), str(path), "exec"), case.names())
        case.close()
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        place = f"{path}:{lines[-1]}" if lines else str(path)
        record.lines += [f"error: {place}: {type(error).__name__}: {line}" for line in str(error).splitlines()]
    return record.lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--output", type=pathlib.Path)
    arguments.add_argument("cases", nargs="*")
    chosen = arguments.parse_args()

    record = Record()

    def note_warning(message, category, *_):
        text = str(message)
        if issubclass(category, sqlalchemy.exc.SAWarning) and not text.startswith(OWN_WARNINGS):
            record.add(warning_line(text))

    warnings.simplefilter("always")
    warnings.showwarning = note_warning
    logger = logging.getLogger("sqlalchemy.engine")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(record)

    lines = []
    for path in sorted((HERE / "cases").glob("*.cpp")):
        if not chosen.cases or path.stem in chosen.cases:
            lines.append("case " + path.stem)
            lines += ["\t" + line for line in run(path, record)]
    text = "\n".join(lines) + "\n"
    if chosen.output:
        chosen.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))


if __name__ == "__main__":
    main()
