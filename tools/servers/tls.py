"""Certificates of a day: one that the servers show and that signs itself, and one that signed nothing."""

import subprocess

from .server import ServerError, program


class Tls:
    def __init__(self, base):
        self.certificate = base / "server.crt"
        self.key = base / "server.key"
        self.other = base / "other.crt"

    def create(self):
        self._make(self.certificate, self.key)
        self._make(self.other, self.other.with_suffix(".key"))

    @staticmethod
    def _make(certificate, key):
        made = subprocess.run(
            [program("openssl", "openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", str(key), "-out", str(certificate)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise ServerError(f"openssl makes no certificate: {made.stderr}")
        certificate.chmod(0o644)

    def exports(self):
        return {"ALUDEL_SERVERS_CA": str(self.certificate), "ALUDEL_SERVERS_OTHER_CA": str(self.other)}
