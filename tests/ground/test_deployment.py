"""Do the files in deploy/ do what they say? nginx, systemd's units and the container's file."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import fields
from pathlib import Path

import pytest

from indexer.settings import Settings
from tests.ground.front import DEPLOY, NAME, VISITOR, Front, nginx
from tests.serving import free_port, serving
from webapp.cli import main
from webapp.headers import HEADERS
from webapp.server import IDLE_SECONDS

ROOT = DEPLOY.parent
PILCROW = Path(sys.executable).parent / "pilcrow"
#: Of our headers, those that nginx's own answers need; no script or picture is in them.
OWN = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
)
#: A word that is in no text, no path and no program.
MARKER = "zqxmarkerxqz"

SERVER, INDEXER, TIMER = "pilcrow.service", "pilcrow-index.service", "pilcrow-index.timer"


@pytest.fixture(scope="module")
def upstream(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real server that is the site of that name."""
    port = free_port()
    environment = {**os.environ, "PILCROW_PUBLIC_URL": f"https://{NAME}"}
    command = [str(PILCROW), "serve", "--port", str(port), "--data", str(settings.data_folder)]
    with serving(command, port, tmp_path_factory.mktemp("server"), environment):
        yield port


@pytest.fixture(scope="module")
def front(upstream: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The shipped file before that server."""
    with nginx(tmp_path_factory.mktemp("front") / "nginx", upstream) as front:
        yield front


def pages(front: Front) -> None:
    """Ask for what may leave a trace: pages, refusals, failures."""
    asked = {"Referer": f"https://{MARKER}.example/", "User-Agent": MARKER, "Cookie": MARKER}
    for path in (f"/search?q={MARKER}", f"/{MARKER}", f"/search?page={MARKER}", "/%" + MARKER):
        for plain in (False, True):
            front.ask(path, headers=asked, plain=plain)
    front.ask(f"/search?q={MARKER}", headers={"X": "x" * 70_000})
    front.ask(f"/search?q={'x' * 70_000}{MARKER}")
    with closing(front.connect()) as connection:
        connection.sendall(f"{MARKER}\r\n\r\n".encode())
        connection.recv(1000)
    for plain in (False, True):
        with suppress(http.client.RemoteDisconnected):
            front.ask(f"/search?q={MARKER}", host=f"{MARKER}.example", plain=plain)


@pytest.mark.needs("nginx")
def test_pages_come_through_with_every_header_once(front: Front) -> None:
    for path, held in (
        ("/search?q=torture", b"<mark>"),
        ("/search.json?q=torture", b'"hits"'),
        ("/nowhere", b"There is nothing at this address"),
        ("/healthz", b'"status": "ok"'),
    ):
        answer = front.ask(path)
        assert held in answer.body.replace(b'":"', b'": "'), path
        for name, value in HEADERS.items():
            assert answer.all(name) == [value], f"{path}: {name}"
        assert len(answer.all("Cache-Control")) == 1, path
        assert len(answer.all("Strict-Transport-Security")) == 1, path
        assert answer.all("Server") == ["nginx"]  # without its version


@pytest.mark.needs("nginx")
def test_http_2_is_spoken(front: Front) -> None:
    with closing(front.connect("h2")) as connection:
        assert connection.selected_alpn_protocol() == "h2"


@pytest.mark.needs("nginx")
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "www.example.org"])
@pytest.mark.parametrize("plain", [False, True])
def test_who_asks_by_another_name_gets_no_answer(front: Front, host: str, plain: bool) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        front.ask("/", host=host, plain=plain)


@pytest.mark.needs("nginx")
def test_a_host_in_the_address_does_not_pass_for_ours(front: Front) -> None:
    answer = front.ask(f"http://{NAME}/healthz", host="evil.example")
    assert answer.status == 200  # the name in the address is the one that counts
    with pytest.raises(http.client.RemoteDisconnected):
        front.ask("http://evil.example/healthz", host=NAME)


@pytest.mark.needs("nginx")
def test_plain_http_leads_to_https_and_takes_no_question(front: Front) -> None:
    led = front.ask("/submissions", plain=True)
    assert (led.status, led.all("Location")) == (301, [f"https://{NAME}/submissions"])
    refused = front.ask(f"/search?q={MARKER}", plain=True)
    assert (refused.status, refused.all("Location")) == (403, [])
    assert MARKER.encode() not in refused.body
    for answer in (led, refused):  # a browser would keep where it was led from
        assert answer.all("Cache-Control") == ["no-store"]
        for name in OWN:
            assert len(answer.all(name)) == 1, name


@pytest.mark.needs("nginx")
@pytest.mark.parametrize("head", [b"nothing", b"GET / HTTP/1.1\r\n", b"GET / HTTP/9.9"])
def test_what_is_no_request_is_told_no_version(front: Front, head: bytes) -> None:
    with closing(front.connect()) as secure:
        plain = socket.create_connection(("127.0.0.1", front.plain), 10)
        led_astray = socket.create_connection(("127.0.0.1", front.secure), 10)
        for connection in (secure, plain, led_astray):
            with connection:
                connection.sendall(head + b"\r\n\r\n")
                answer = connection.recv(4096)
            assert b"400 Bad Request" in answer or b"505 HTTP" in answer
            assert b"nginx/" not in answer


@pytest.mark.needs("nginx")
def test_an_address_beyond_all_measure_is_refused_with_our_headers(front: Front) -> None:
    answer = front.ask(f"/search?q={'x' * 70_000}")
    assert answer.status == 414
    assert b"nginx/" not in answer.body
    for name in OWN:
        assert len(answer.all(name)) == 1, name


@pytest.mark.needs("nginx")
def test_the_longest_query_allowed_comes_through(front: Front) -> None:
    longest = Settings().query_characters
    answer = front.ask(f"/search.json?q={'%F0%9F%90%98' * longest}")  # four bytes each
    assert answer.status == 200


@pytest.mark.needs("nginx")
def test_a_server_that_is_away_is_told_without_a_version(tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", free_port()) as front:
        answer = front.ask(f"/search?q={MARKER}")
    assert (answer.status, answer.all("Retry-After")) == (502, ["30"])
    assert answer.body == b"Pilcrow is not running just now. Try again in a minute.\n"
    assert answer.all("Server") == ["nginx"]
    assert answer.all("Cache-Control") == ["no-store"]
    for name in OWN:
        assert len(answer.all(name)) == 1, name


@pytest.mark.needs("nginx")
def test_a_harvester_is_slowed_and_a_service_of_the_machine_is_not(tmp_path: Path) -> None:
    # No server behind it: nginx counts before it asks one, and this takes no time.
    with nginx(tmp_path / "nginx", free_port()) as front:
        told = front.ask_often("/", 300, VISITOR)
        ours = front.ask_often("/", 300, "127.0.0.1")
    refused = [answer for answer in told if answer.status == 429]
    assert refused and told[0].status == 502
    assert refused[0].all("Retry-After") == ["10"]
    assert refused[0].all("Cache-Control") == ["no-store"]
    assert {answer.status for answer in ours} == {502}


@pytest.mark.needs("nginx")
def test_nginx_writes_neither_question_nor_visitor_anywhere(upstream: int, tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", upstream) as front:
        pages(front)
    with nginx(tmp_path / "away", free_port()) as away:
        pages(away)
    for written in (front.written(), away.written()):
        assert b"worker process" in written  # that nginx wrote at all is what makes this a test
        assert MARKER.encode() not in written
        assert VISITOR.encode() not in written


@pytest.mark.needs("nginx")
@pytest.mark.parametrize("line", ["access_log off;", "error_log /dev/null emerg;"])
def test_without_its_lines_on_logs_nginx_would_write_both(tmp_path: Path, line: str) -> None:
    with nginx(tmp_path / "nginx", free_port(), lambda text: text.replace(line, "")) as front:
        pages(front)
    assert MARKER.encode() in front.written()
    assert VISITOR.encode() in front.written()


@pytest.mark.needs("nginx")
def test_of_a_visitor_only_the_question_is_handed_on(tmp_path: Path) -> None:
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(60)

        def answer_once() -> None:
            connection, _ = listening.accept()
            with connection:
                got.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        thread = threading.Thread(target=answer_once, daemon=True)
        thread.start()
        told = {
            "Referer": "https://mail.example/",
            "User-Agent": "Browser 1.0",
            "Cookie": "a=b",
            "Authorization": "Basic x",
            "X-Forwarded-For": "192.0.2.1",
            "Forwarded": "for=192.0.2.1",
            "Sec-Fetch-Site": "same-origin",
        }
        with nginx(tmp_path / "nginx", listening.getsockname()[1]) as front:
            front.ask("/search?q=torture", headers=told)
        thread.join()
    (request,) = got
    head = request.decode("ascii").split("\r\n")
    names = {line.partition(":")[0] for line in head[1:] if line}
    assert head[0] == "GET /search?q=torture HTTP/1.1"
    assert f"Host: {NAME}" in head
    assert names - {"Accept-Encoding"} == {"Host", "Sec-Fetch-Site"}


def values(unit: str, key: str) -> list[str]:
    """Every value of *key* in the shipped *unit*."""
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    return re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a command that is on this machine, and whose path is one word."""
    (tmp_path / "pilcrow").symlink_to(PILCROW)
    for name in (SERVER, INDEXER, TIMER):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        command = "/opt/pilcrow/.venv/bin/pilcrow"
        (tmp_path / name).write_text(
            text.replace(command, str(tmp_path / "pilcrow")), encoding="utf-8"
        )
    return tmp_path


@pytest.mark.needs("systemd")
def test_systemd_takes_the_units_as_they_are(units: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", *(units / name for name in (SERVER, INDEXER, TIMER))],
        check=False,
        capture_output=True,
        text=True,
    )
    # What else is on the machine is looked at as well, and may be told of.
    told = [line for line in (done.stdout + done.stderr).splitlines() if "pilcrow" in line]
    assert (done.returncode, told) == (0, [])


@pytest.mark.needs("systemd")
@pytest.mark.parametrize(
    # What systemd 252 gives them, of 10.0 for a unit without any protection, times ten.
    ("unit", "exposure"),
    [(SERVER, 12), (INDEXER, 3)],
)
def test_the_units_leave_little_exposed(units: Path, unit: str, exposure: int) -> None:
    def within(threshold: int) -> bool:
        command = ["systemd-analyze", "security", "--offline=true", f"--threshold={threshold}"]
        done = subprocess.run([*command, units / unit], check=False, capture_output=True)
        return done.returncode == 0

    assert within(exposure + 2)  # other versions weigh a little otherwise
    assert not within(0)


def allowed(unit: str) -> set[str]:
    """The system calls that *unit* allows."""
    calls: set[str] = set()
    for written in values(unit, "SystemCallFilter"):
        named = {call for name in written.removeprefix("~").split() for call in group(name)}
        calls = calls - named if written.startswith("~") else calls | named
    return calls


def group(name: str) -> set[str]:
    """The calls of a group of systemd's, or the one of that name."""
    if not name.startswith("@"):
        return {name}
    done = subprocess.run(
        ["systemd-analyze", "syscall-filter", "--no-pager", name],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = (line.strip() for line in done.stdout.splitlines()[1:])
    return {call for line in lines if line and not line.startswith("#") for call in group(line)}


def traced(log: Path) -> set[str]:
    """The names of the system calls in a trace's summary."""
    rows = log.read_text(encoding="utf-8").splitlines()[2:]
    return {row.split()[-1] for row in rows if row[:1] in " 0123456789"} - {"total"}


@pytest.mark.needs("strace", "systemd")
def test_the_units_allow_all_that_indexing_and_serving_ask_of_the_kernel(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    # As a grandchild, so that what is traced is told to end, and not strace.
    trace = ["strace", "--daemonize", "--follow-forks", "--summary-only", "--output"]
    subprocess.run(
        [*trace, str(tmp_path / "index.log"), str(PILCROW), "index", "--data", str(data)],
        check=True,
        capture_output=True,
    )
    served = [str(PILCROW), "serve", "--data", str(data), "--port", str(port)]
    serve = [*trace, str(tmp_path / "serve.log"), *served]
    with serving(serve, port, tmp_path, path="/search?q=torture"):
        pass
    assert "openat" in traced(tmp_path / "index.log")  # a trace was made, and read
    assert traced(tmp_path / "index.log") - allowed(INDEXER) == set()
    assert traced(tmp_path / "serve.log") - allowed(SERVER) == set()


def test_the_web_user_cannot_write_the_index_nor_the_indexer_speak() -> None:
    # systemd's weights would take either of these away for little.
    assert values(SERVER, "ProtectSystem") == ["strict"]
    assert values(SERVER, "DynamicUser") == ["yes"]
    assert set(values(SERVER, "User")).isdisjoint(values(INDEXER, "User"))
    for key in ("StateDirectory", "ReadWritePaths", "BindPaths"):
        assert values(SERVER, key) == [], key
    (folder,) = re.findall(r"PILCROW_DATA=(\S+)", values(SERVER, "Environment")[0])
    assert folder in values(SERVER, "ReadOnlyPaths")[0].split()
    assert values(INDEXER, "StateDirectory") == [Path(folder).name]
    assert values(INDEXER, "StateDirectoryMode") == ["0750"]
    assert values(INDEXER, "UMask") == ["0027"]
    assert values(INDEXER, "PrivateNetwork") == ["yes"]
    assert values(INDEXER, "RestrictAddressFamilies") == ["AF_UNIX"]


def test_the_units_speak_of_the_same_folders_users_and_settings() -> None:
    assert values(SERVER, "Environment")[0] == values(INDEXER, "Environment")[0]
    owner = f"PILCROW_INDEX_OWNER={values(INDEXER, 'User')[0]}"
    assert owner in values(SERVER, "Environment")
    assert values(SERVER, "SupplementaryGroups") == values(INDEXER, "Group")
    assert values(SERVER, "SocketBindAllow") == [f"tcp:{Settings().port}"]


def test_the_units_and_the_container_know_only_settings_and_commands_that_exist() -> None:
    names = {f"PILCROW_{field.name.upper()}" for field in fields(Settings)} | {"PILCROW_CONFIG"}
    for file in sorted(DEPLOY.iterdir()):
        text = file.read_text(encoding="utf-8")
        assert set(re.findall(r"PILCROW_[A-Z_]+", text)) <= names, file.name
        assert set(re.findall(r"bin/pilcrow ([a-z]+)$", text, re.MULTILINE)) <= set(main.commands)


def test_the_page_on_deployment_names_settings_and_files_that_exist() -> None:
    page = (ROOT / "DEPLOYMENT.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| setting \|.*\n((?:\|.*\n)+)", page, re.MULTILINE)
    named = re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in table.splitlines()))
    assert "public_url" in named
    assert set(named) <= {field.name for field in fields(Settings)}
    assert set(re.findall(r"PILCROW_([A-Z_]+)=", page)) <= {
        field.name.upper() for field in fields(Settings)
    }
    shipped = {path.name for path in DEPLOY.iterdir()}
    assert set(re.findall(r"deploy/([\w.-]+\w)", page)) <= shipped
    for service in re.findall(r"systemctl [\w -]*?(pilcrow[\w-]*\.\w+)", page):
        assert service in shipped


def test_a_document_that_cannot_be_read_keeps_no_update_from_being_served() -> None:
    # The indexer's unit then fails, with the index in force.
    page = (ROOT / "DEPLOYMENT.md").read_text(encoding="utf-8")
    assert "start pilcrow-index.service" in page
    assert not re.search(r"start pilcrow-index\.service *&&", page)


def test_nginx_lets_go_of_a_connection_before_the_server_does() -> None:
    # One that is just being closed would be a 502, for nothing is asked twice.
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (upstream,) = re.findall(r"^upstream pilcrow \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    (seconds,) = re.findall(r"keepalive_timeout (\d+)s;", upstream)
    assert int(seconds) < IDLE_SECONDS


def test_the_container_can_be_asked_by_the_name_of_the_site() -> None:
    # It listens on all addresses, and by names it is asked only by those it was told.
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    (serve,) = re.findall(r"podman run --read-only --tmpfs(?:.*\\\n)*.*", text)
    assert "PILCROW_PUBLIC_URL=https://" in serve


def test_the_container_is_nobody_and_takes_nothing_without_its_hash() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    steps = re.findall(r"^([A-Z]+) ((?:.*\\\n)*.*)$", text, re.MULTILINE)
    users = [rest for step, rest in steps if step == "USER"]
    assert users and all(re.fullmatch(r"[1-9]\d*:[1-9]\d*", user) for user in users)
    installs = [rest for step, rest in steps if step == "RUN" and "pip install" in rest]
    for rest in installs:
        for command in re.findall(r"pip install[^&]*", rest):
            assert "--require-hashes" in command or "--no-index" in command, command
    for step, rest in steps:
        if step == "COPY" and "--from" not in rest:
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
    (command,) = (rest for step, rest in steps if step == "CMD")
    assert command.strip('[]"') in main.commands
