"""How is the shipped nginx file put before a server, on ports and in a folder of a test's own?"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

DEPLOY = Path(__file__).parents[2] / "deploy"
#: The name in the shipped file.
NAME = "example.org"
#: A visitor's address, which is of this machine and of no server here.
VISITOR = "127.0.0.7"
#: Seconds within which nginx answers.
START = 60

#: Everything around the shipped file that Debian's nginx.conf would say, as talkative as can be.
_AROUND = """
{user}daemon off;
pid {folder}/pid;
error_log {folder}/error.log info;
events {{ worker_connections 1024; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/pilcrow.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for header, value in self.headers if header.lower() == name.lower()]


@dataclass(frozen=True, slots=True)
class Front:
    """An nginx that runs."""

    folder: Path
    plain: int
    """Port for HTTP."""
    secure: int
    """Port for HTTPS."""

    def connect(self, offered: str = "http/1.1", visitor: str = VISITOR) -> ssl.SSLSocket:
        """A TLS connection that offers one protocol."""
        context = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        context.set_alpn_protocols([offered])
        connected = socket.create_connection(("127.0.0.1", self.secure), START, (visitor, 0))
        return context.wrap_socket(connected, server_hostname=NAME)

    def ask(
        self,
        path: str,
        host: str = NAME,
        headers: dict[str, str] | None = None,
        visitor: str = VISITOR,
        plain: bool = False,
        method: str = "GET",
    ) -> Answer:
        """The answer to one request on a connection of its own."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.plain, timeout=START, source_address=(visitor, 0)
        )
        with closing(connection):
            if not plain:
                connection.sock = self.connect(visitor=visitor)
            connection.request(method, path, headers={"Host": host, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())

    def ask_often(self, path: str, times: int, visitor: str) -> list[Answer]:
        """The answers to as many requests, one right after the other on one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", timeout=START)
        answers: list[Answer] = []
        with closing(connection):
            connection.sock = self.connect(visitor=visitor)
            for _ in range(times):
                connection.request("GET", path, headers={"Host": NAME})
                response = connection.getresponse()
                answers.append(Answer(response.status, response.getheaders(), response.read()))
        return answers

    def written(self) -> bytes:
        """Everything that nginx has written anywhere in its folder, and to its streams."""
        given = {"nginx.conf", "pilcrow.conf", "tls.conf", "certificate.pem", "key.pem"}
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return b"\n".join(path.read_bytes() for path in files if path.name not in given)


@contextmanager
def nginx(
    folder: Path, upstream: int, change: Callable[[str], str] = lambda text: text
) -> Iterator[Front]:
    """Run nginx with the shipped file, *change* made to it, before the port *upstream*."""
    folder.mkdir()
    front = Front(folder, free_port(), free_port())
    _make_certificate(folder)
    (folder / "pilcrow.conf").write_text(change(_shipped(front, upstream)), encoding="utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    with (folder / "streams").open("wb") as streams:
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
        with subprocess.Popen(command, stdout=streams, stderr=streams) as process:
            try:
                _wait(front.secure, process, folder / "streams")
                yield front
            finally:
                process.terminate()
    assert process.returncode == 0, (folder / "streams").read_text()


def _shipped(front: Front, upstream: int) -> str:
    lines = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").splitlines(keepends=True)
    # Not every machine has IPv6.
    text = "".join(line for line in lines if "listen [::]" not in line)
    for shipped, ours in {
        "listen 80": f"listen 127.0.0.1:{front.plain}",
        "listen 443": f"listen 127.0.0.1:{front.secure}",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "include pilcrow-tls.conf;": f"include {front.folder}/tls.conf;",
    }.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    return text


def _make_certificate(folder: Path) -> None:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-days", "2"]
    curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *curve, *names, *files], check=True, capture_output=True)
    (folder / "tls.conf").write_text(
        f"ssl_certificate {certificate};\nssl_certificate_key {key};\n", encoding="utf-8"
    )


def _wait(port: int, process: subprocess.Popen[bytes], streams: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        assert process.poll() is None, streams.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"nginx does not answer: {streams.read_text()}")
