"""What the two servers have in common: their own user, a free port, waiting, stopping by the process id."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

NAME = "aludel"  # the user, its password and its database on both servers
START_SECONDS = 60
STOP_SECONDS = 15


class ServerError(Exception):
    """A server that does not come up; the text says why."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(package, name, folders=()):
    """The program's path, or an error that names the package that brings it."""
    for folder in folders:
        if (Path(folder) / name).exists():
            return str(Path(folder) / name)
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin:/sbin")
    if found is None:
        raise ServerError(f"there is no {name} here: install the package {package} (`tools/setup test` does)")
    return found


class Server:
    """One private server below a folder. `system_user` is who runs it when root starts it; else it is the caller."""

    system_user = ""

    def __init__(self, base, aborted=lambda: False):
        self.base = Path(base)
        self.aborted = aborted
        self.account = None
        if os.getuid() == 0:
            try:
                self.account = pwd.getpwnam(self.system_user)
            except KeyError:
                raise ServerError(f"there is no user {self.system_user}: install the package {self.package}") from None

    # What a server is: its class says.
    package = ""
    name = ""
    data = None
    pid_file = None
    log = None
    stop_signal = signal.SIGTERM

    def create(self, tls):
        """Makes the data and the configuration."""
        raise NotImplementedError

    def command(self):
        """What runs as the server."""
        raise NotImplementedError

    def answers(self):
        """Does it take sessions?"""
        raise NotImplementedError

    def give(self, path):
        """The file or folder becomes its user's."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path

    def folder(self, name):
        path = self.base / name
        path.mkdir()
        path.chmod(0o700)
        return self.give(path)

    def own_file(self, name, text, mode=0o600):
        path = self.base / name
        path.write_text(text)
        path.chmod(mode)
        return self.give(path)

    def spawn(self, command, **more):
        if self.account is not None:
            more.update(user=self.account.pw_uid, group=self.account.pw_gid, extra_groups=[])
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "MYSQL", "MARIADB"))}
        environment["HOME"] = str(self.base)
        # setsid: a Ctrl-C in the terminal is for the command, the servers are stopped after it.
        return subprocess.Popen(command, cwd=self.base, env=environment, stdin=subprocess.DEVNULL,
                                start_new_session=True, **more)

    def run(self, command):
        """Runs a command that ends by itself, its output in the log."""
        with open(self.log, "ab") as log:
            started = self.spawn(command, stdout=log, stderr=log)
        while started.poll() is None:
            if self.aborted():
                os.killpg(started.pid, signal.SIGKILL)
                started.wait()
                raise ServerError("interrupted")
            time.sleep(0.02)
        if started.returncode != 0:
            raise ServerError(f"{self.name}: {command[0]} ended with status {started.returncode}:\n{self.tail()}")

    def tail(self, lines=15):
        try:
            return "\n".join(Path(self.log).read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return "(no log)"

    def pid(self):
        """The process id of the running server, or None. A number that became somebody else's is not it."""
        try:
            pid = int(Path(self.pid_file).read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        return pid if str(self.base).encode() in command else None

    def serve(self, command):
        """Starts the server itself and waits until it answers."""
        with open(self.log, "ab") as log:
            process = self.spawn(command, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not (self.answers() and self.pid() is not None):
            if process.poll() is not None:
                raise ServerError(f"{self.name} ended while it started, status {process.returncode}:\n{self.tail()}")
            if self.aborted() or time.monotonic() > deadline:
                process.kill()
                process.wait()
                why = "interrupted" if self.aborted() else f"{self.name} does not answer after {START_SECONDS} s"
                raise ServerError(f"{why}:\n{self.tail()}")
            time.sleep(0.02)

    def start(self):
        (self.base / f"{self.data.name}.port").write_text(str(free_port()))
        self.start_again()

    def start_again(self, patiently=False):
        """Starts it at the port that it had. Patiently: after a kill, when its children may still be about to end."""
        for attempt in range(10 if patiently else 1, 0, -1):
            try:
                self.serve(self.command())
                return
            except ServerError:
                if attempt == 1:
                    raise
                time.sleep(0.2)

    @property
    def port(self):
        return int((self.base / f"{self.data.name}.port").read_text())

    def stop(self, first=None):
        """Stops the server by its process id, politely at first; nothing happens if it does not run."""
        for sign in (first or self.stop_signal, signal.SIGKILL):
            pid = self.pid()
            if pid is None:
                return
            try:
                os.kill(pid, sign)
            except ProcessLookupError:
                return
            deadline = time.monotonic() + STOP_SECONDS
            while exists(pid) and time.monotonic() < deadline:
                reap()
                time.sleep(0.01)


def exists(pid):
    """Is there such a process, even one that ended and was not waited for?"""
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False


def reap():
    """Waits for the children that ended, without waiting for those that run. Is none left?"""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
        return False
    except ChildProcessError:
        return True
