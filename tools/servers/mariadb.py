"""A private MariaDB server: one user with a password, over the socket and over TCP, with TLS for who asks for it."""

import os
import shutil
import signal
import socket

from .server import NAME, Server, program

CONFIGURATION = """[mariadbd]
datadir = {data}
socket = {socket}
pid-file = {pid_file}
log-error = {log}
bind-address = 127.0.0.1
skip-name-resolve
init-file = {accounts}
max_connections = 200
# A test that waits for a lock of its own for ever fails instead.
lock_wait_timeout = 60
innodb_lock_wait_timeout = 20
character-set-server = utf8mb4
collation-server = utf8mb4_general_ci
# Nothing here outlives the tests: what only guards against a power failure is off.
innodb_flush_method = nosync
innodb_flush_log_at_trx_commit = 0
innodb_buffer_pool_size = 64M
innodb_log_file_size = 32M
innodb_use_native_aio = 0
innodb_fast_shutdown = 2
ssl-cert = {certificate}
ssl-key = {key}
"""

# Run at every start, before the first session.
ACCOUNTS = "".join(
    f"CREATE USER IF NOT EXISTS '{NAME}'@'{host}' IDENTIFIED BY '{NAME}';\n"
    f"GRANT ALL PRIVILEGES ON *.* TO '{NAME}'@'{host}' WITH GRANT OPTION;\n"
    for host in ("localhost", "127.0.0.1")
) + f"CREATE DATABASE IF NOT EXISTS {NAME};\n"


class MariaDb(Server):
    package = "mariadb-server"
    system_user = "mysql"
    name = "MariaDB"
    stop_signal = signal.SIGTERM

    def __init__(self, base, aborted=lambda: False):
        super().__init__(base, aborted)
        self.data = self.base / "mariadb"
        self.log = self.base / "mariadb.log"
        # The server writes it itself, so it stands where its user may write.
        self.pid_file = self.data / "server.pid"
        self.socket = self.data.parent / "mariadb-run" / "mariadb.sock"
        self.configuration = self.base / "mariadb.cnf"

    def create(self, tls):
        install = program(self.package, "mariadb-install-db")
        self.own_file("mariadb.log", "", 0o644)
        self.folder("mariadb")
        self.folder("mariadb-run").chmod(0o755)
        key = self.give(shutil.copy(tls.key, self.base / "mariadb.key"))
        os.chmod(key, 0o600)
        accounts = self.own_file("mariadb.sql", ACCOUNTS)
        self.own_file("mariadb.cnf", CONFIGURATION.format(
            data=self.data, socket=self.socket, pid_file=self.pid_file, log=self.log, accounts=accounts,
            certificate=tls.certificate, key=key))
        self.run([install, "--no-defaults", f"--datadir={self.data}", "--auth-root-authentication-method=normal",
                  "--skip-test-db", "--innodb-flush-method=nosync", "--innodb-use-native-aio=0",
                  "--innodb-log-file-size=32M"])

    def command(self):
        return [program(self.package, "mariadbd"), f"--defaults-file={self.configuration}", f"--port={self.port}"]

    def answers(self):
        """Does it take sessions? Then it greets first: a packet whose first byte after the header is the protocol's."""
        try:
            with socket.socket(socket.AF_UNIX) as session:
                session.settimeout(2)
                session.connect(str(self.socket))
                return session.recv(5)[4:] == b"\x0a"
        except OSError:
            return False

    def prepare(self):
        """Nothing: the accounts come with the start."""

    def exports(self):
        return {
            "ALUDEL_MARIADB_URL": f"mariadb://{NAME}:{NAME}@localhost/{NAME}?unix_socket={self.socket}",
            "ALUDEL_MARIADB_TCP_URL": f"mariadb://{NAME}:{NAME}@127.0.0.1:{self.port}/{NAME}",
            "ALUDEL_MARIADB_SOCKET": str(self.socket),
            "ALUDEL_MARIADB_PORT": str(self.port),
            "ALUDEL_MARIADB_DATA": str(self.data),
            "ALUDEL_MARIADB_LOG": str(self.log),
            "ALUDEL_MARIADB_PID": str(self.pid()),
        }
