"""A private PostgreSQL server: whoever comes over the socket is trusted, over TCP there are passwords and TLS."""

import glob
import os
import shutil
import signal
import socket
import struct

from .server import NAME, Server, program

CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{sockets}'
max_connections = 200
max_prepared_transactions = 20
wal_level = replica
max_wal_senders = 4
# Nothing here outlives the tests: what only guards against a power failure is off.
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
autovacuum_naptime = 10s
ssl = on
ssl_cert_file = '{certificate}'
ssl_key_file = '{key}'
lc_messages = 'C.UTF-8'
"""


class PostgreSql(Server):
    package = "postgresql"
    system_user = "postgres"
    name = "PostgreSQL"
    # Immediately: the data is thrown away, and a client that hangs must not hold the server up.
    stop_signal = signal.SIGQUIT

    def __init__(self, base, aborted=lambda: False):
        super().__init__(base, aborted)
        self.data = self.base / "postgresql"
        self.log = self.base / "postgresql.log"
        self.pid_file = self.data / "postmaster.pid"
        versions = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4].split(".")[0]))
        self.folders = versions[::-1]

    @property
    def sockets(self):
        return self.base / "sockets"

    def create(self, tls):
        initdb = program(self.package, "initdb", self.folders)
        self.own_file("postgresql.log", "", 0o644)
        password = self.own_file("postgresql.password", NAME)
        self.folder("postgresql")
        self.sockets.mkdir()
        self.sockets.chmod(0o755)
        self.give(self.sockets)
        self.run([initdb, "-D", str(self.data), "-U", NAME, "--pwfile", str(password), "--auth-local=trust",
                  "--auth-host=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"])
        key = self.give(shutil.copy(tls.key, self.base / "postgresql.key"))
        os.chmod(key, 0o600)
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as configuration:
            configuration.write(CONFIGURATION.format(sockets=self.sockets, certificate=tls.certificate, key=key))

    def command(self):
        return [program(self.package, "postgres", self.folders), "-D", str(self.data), "-p", str(self.port)]

    def answers(self):
        """Does it take sessions? It says so by asking for no password or by an error that is not `starting up`."""
        start_up = b"user\0" + NAME.encode() + b"\0database\0postgres\0\0"
        packet = struct.pack("!ii", 8 + len(start_up), 3 << 16) + start_up
        try:
            with socket.socket(socket.AF_UNIX) as session:
                session.settimeout(2)
                session.connect(f"{self.sockets}/.s.PGSQL.{self.port}")
                session.sendall(packet)
                return session.recv(1) == b"R"
        except OSError:
            return False

    def prepare(self):
        createdb = program(self.package, "createdb", self.folders)
        self.run([createdb, "-h", str(self.sockets), "-p", str(self.port), "-U", NAME, NAME])

    def exports(self):
        return {
            "ALUDEL_POSTGRESQL_URL": f"postgresql://{NAME}:{NAME}@/{NAME}?host={self.sockets}&port={self.port}",
            "ALUDEL_POSTGRESQL_TCP_URL": f"postgresql://{NAME}:{NAME}@127.0.0.1:{self.port}/{NAME}",
            "ALUDEL_POSTGRESQL_SOCKET": str(self.sockets),
            "ALUDEL_POSTGRESQL_PORT": str(self.port),
            "ALUDEL_POSTGRESQL_DATA": str(self.data),
            "ALUDEL_POSTGRESQL_LOG": str(self.log),
            "ALUDEL_POSTGRESQL_PID": str(self.pid()),
        }
