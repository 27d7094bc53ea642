#!/usr/bin/env python3
"""Runs a command beside a private cluster: a PostgreSQL with a standby that follows it, or two nodes of Galera.

    tests/servers/cluster.py postgresql COMMAND…     ALUDEL_PRIMARY_URL, ALUDEL_STANDBY_URL
    tests/servers/cluster.py galera COMMAND…         ALUDEL_NODE1_URL, ALUDEL_NODE2_URL

`…_PID` of each is the server's process id, by which the command may end it. Starting, stopping and cleaning up are those
of tools/with-databases.
"""

import importlib.util
import sys
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
sys.dont_write_bytecode = True

from servers.mariadb import MariaDb  # noqa: E402
from servers.postgresql import PostgreSql  # noqa: E402
from servers.server import NAME, START_SECONDS, ServerError, free_port, program  # noqa: E402

GALERA_LIBRARIES = ("/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so")

# What a node is beyond a server of its own. The survivor of two goes on by itself; a node that is silent for a second is
# taken for dead.
GALERA_CONFIGURATION = """
wsrep_on = ON
wsrep_provider = {library}
binlog_format = ROW
default_storage_engine = InnoDB
innodb_autoinc_lock_mode = 2
wsrep_cluster_name = aludel
wsrep_node_name = {name}
wsrep_node_address = 127.0.0.1:{group}
wsrep_sst_method = rsync
wsrep_sst_receive_address = 127.0.0.1:{transfer}
wsrep_cluster_address = gcomm://{peer}
wsrep_provider_options = "gmcast.listen_addr=tcp://127.0.0.1:{group};ist.recv_addr=127.0.0.1:{increments};\
pc.ignore_quorum=true;evs.keepalive_period=PT0.2S;evs.suspect_timeout=PT1S;evs.inactive_timeout=PT3S;\
evs.inactive_check_period=PT0.2S;evs.install_timeout=PT3S;gcache.size=16M"
"""


def load_with_databases():
    loader = SourceFileLoader("with_databases", str(TOOLS / "with-databases"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("with_databases", loader))
    loader.exec_module(module)
    return module


def wait_for(server, aborted):
    """Servers of one cluster are brought up at once; this one needs another first."""
    deadline = time.monotonic() + START_SECONDS
    while not ready(server):
        if aborted() or time.monotonic() > deadline:
            raise ServerError(f"{server.name} did not come up, which another one waits for:\n{server.tail()}")
        time.sleep(0.05)


def ready(server):
    try:
        return server.pid() is not None and server.answers()
    except (OSError, ValueError):
        return False


def renamed(exports, old, new):
    return {key.replace(old, new): value for key, value in exports.items() if key.endswith(("_URL", "_PID"))}


class Primary(PostgreSql):
    def exports(self):
        return renamed(super().exports(), "ALUDEL_POSTGRESQL", "ALUDEL_PRIMARY")


class Standby(PostgreSql):
    name = "PostgreSQL's standby"

    def __init__(self, base, aborted=lambda: False):
        super().__init__(base, aborted)
        self.primary = PostgreSql(base, aborted)
        self.data = self.base / "standby"
        self.log = self.base / "standby.log"
        self.pid_file = self.data / "postmaster.pid"

    def create(self, tls):
        self.own_file("standby.log", "", 0o644)
        self.folder("standby")
        wait_for(self.primary, self.aborted)
        self.run([program(self.package, "pg_basebackup", self.folders), "-h", str(self.primary.sockets),
                  "-p", str(self.primary.port), "-U", NAME, "-D", str(self.data), "-R", "-X", "stream", "--no-sync",
                  "-c", "fast"])

    def prepare(self):
        """Nothing: the database comes from the primary."""

    def exports(self):
        return renamed(super().exports(), "ALUDEL_POSTGRESQL", "ALUDEL_STANDBY")


class Node(MariaDb):
    number = 0

    def __init__(self, base, aborted=lambda: False):
        super().__init__(Path(base) / f"node{self.number}", aborted)
        self.name = f"MariaDB's node {self.number}"
        # The nodes are told of each other before either of them runs.
        self.ports_file = Path(base) / "galera-ports"

    def peer_group_port(self):
        """The address by which the first node is joined; nothing for itself."""
        return ""

    def create(self, tls):
        self.base.mkdir()
        self.base.chmod(0o755)
        super().create(tls)
        library = next((path for path in GALERA_LIBRARIES if Path(path).exists()), None)
        if library is None:
            raise ServerError("there is no libgalera_smm.so here: install the package galera-4")
        program("rsync", "rsync")
        group = free_port()
        configuration = self.base / "mariadb.cnf"
        # A certificate would have the nodes copy their data through one more program. The second node's accounts come
        # with that data; before it has joined it may not make any.
        left_out = ("ssl-",) if self.number == 1 else ("ssl-", "init-file")
        text = "".join(line for line in configuration.read_text().splitlines(True) if not line.startswith(left_out))
        configuration.write_text(text + GALERA_CONFIGURATION.format(
            library=library, name=f"n{self.number}", group=group, increments=free_port(), transfer=free_port(),
            peer=self.peer_group_port()))
        if self.number == 1:
            self.ports_file.write_text(str(group))

    def exports(self):
        return renamed(super().exports(), "ALUDEL_MARIADB", f"ALUDEL_NODE{self.number}")


class FirstNode(Node):
    number = 1


class SecondNode(Node):
    number = 2

    def peer_group_port(self):
        wait_for(FirstNode(self.base.parent), self.aborted)
        return f"127.0.0.1:{self.ports_file.read_text()}"


CLUSTERS = {"postgresql": {"primary": Primary, "standby": Standby}, "galera": {"node1": FirstNode, "node2": SecondNode}}


def main():
    words = sys.argv[1:]
    if len(words) < 2 or words[0] not in CLUSTERS:
        print(__doc__)
        return 2
    with_databases = load_with_databases()
    with_databases.SERVERS = CLUSTERS[words[0]]
    return with_databases.run_beside(list(CLUSTERS[words[0]]), words[1:])


if __name__ == "__main__":
    sys.exit(main())
