#!/usr/bin/env python3
"""Kills the server under load, again and again, and looks for what it had acknowledged.

    tests/rigs/kill.py                  50 times kill -9: nothing acknowledged is lost, nothing is there twice
    tests/rigs/kill.py --power-cut      the same on a disk whose cache forgets what was not synced (SQLite only)
    tests/rigs/kill.py --sabotage       the same disk lies about syncs: the rig has to find losses, and fails if not
    tests/rigs/kill.py --database postgres://…   on an empty PostgreSQL database

Every post goes out with an Idempotency-Key. One whose answer never came is sent again with the same
key after the restart: it must be there once, whether the first try had come through or not.
"""
import argparse
import contextlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Server:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.port = free_port()
        self.process = None
        self.starts = []
        self.environment = dict(os.environ)
        if options.power_cut or options.sabotage:
            self.environment["LD_PRELOAD"] = str(forgetful_disk(folder))
        if options.sabotage:
            self.environment["POWER_CUT_LIES"] = "1"

    def command(self, *words):
        """A command of the program, on the honest disk."""
        done = subprocess.run([self.options.torv, *words, *self.place()], capture_output=True, text=True)
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    def place(self):
        database = ["--database", self.options.database] if self.options.database else []
        return ["--data", str(self.folder / "data"), *database]

    def start(self):
        began = time.monotonic()
        arguments = ["serve", *self.place(), "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [self.options.torv, *arguments], stdout=subprocess.DEVNULL, stderr=open(self.folder / "log", "ab"),
            env={**self.environment, "TORV_POSTS_PER_MINUTE": "1000000", "TORV_LOG_LEVEL": "error"})
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise SystemExit(f"the server does not start: see {self.folder}/log")
            time.sleep(0.02)
        self.starts.append(time.monotonic() - began)

    def answers(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def forgetful_disk(folder):
    library = folder / "power_cut.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", HERE / "power_cut.c", "-o", library, "-ldl"], check=True)
    return library


class Api:
    """One connection, kept; used by one thread."""

    def __init__(self, port, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(self, method, path, body=None, key=None):
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        self.connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        link = answer.getheader("Link") or ""
        self.next = link.split(">")[0].lstrip("<") if 'rel="next"' in link else None
        return answer.status, json.loads(text) if is_json and text else {}


class Ledger:
    """What was asked for and what was promised."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = {}  # key → (topic, id)
        self.unknown = {}  # key → topic: sent, and no answer
        self.wrong = []

    def promise(self, key, topic, post):
        with self.lock:
            known = self.acknowledged.setdefault(key, (topic, post))
            if known != (topic, post):
                self.wrong.append(f"key {key} gave {known} first and {post} then")
            self.unknown.pop(key, None)

    def lost_sight_of(self, key, topic):
        with self.lock:
            self.unknown[key] = topic


def post(api, ledger, topic, key):
    status, answer = api.send("POST", f"/api/v1/topics/{topic}/posts", {"body": f"Words of {key}."}, key)
    if status in (200, 201):
        ledger.promise(key, topic, answer["id"])
    elif status in (429, 503):
        time.sleep(0.05)
    else:
        raise SystemExit(f"unexpected answer {status}: {answer}")


def write_until(stop, port, token, ledger, topics):
    api = Api(port, token)
    while not stop.is_set():
        key, topic = str(uuid.uuid4()), random.choice(topics)
        try:
            post(api, ledger, topic, key)
        except (OSError, http.client.HTTPException, ValueError):
            ledger.lost_sight_of(key, topic)
            return


def one_round(server, token, ledger, topics, writers):
    stop = threading.Event()
    threads = [threading.Thread(target=write_until, args=(stop, server.port, token, ledger, topics)) for _ in range(writers)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.1, 1.0))
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()
    server.start()


def send_again(server, token, ledger):
    """What had no answer, and a few that had: the same key gives the same post."""
    api = Api(server.port, token)
    known = random.sample(sorted(ledger.acknowledged), min(10, len(ledger.acknowledged)))
    again = list(ledger.unknown.items()) + [(key, ledger.acknowledged[key][0]) for key in known]
    for key, topic in again:
        post(api, ledger, topic, key)


def look_for_all(server, token, ledger, topics):
    """Every promised post by its id; and every topic from end to end, for what is there twice."""
    api = Api(server.port, token)
    lost = 0
    for key, (_, identity) in ledger.acknowledged.items():
        status, answer = api.send("GET", f"/api/v1/posts/{identity}")
        if status != 200 or key not in json.dumps(answer):
            lost += 1
    seen = {}
    for topic in topics:
        for body in bodies(api, topic):
            seen[body] = seen.get(body, 0) + 1
    doubled = sum(1 for count in seen.values() if count > 1)
    strange = sum(1 for body in seen if body.startswith("Words of ") and body[9:-1] not in ledger.acknowledged)
    return lost, doubled, strange


def bodies(api, topic):
    path = f"/api/v1/topics/{topic}/posts?limit=100"
    while path:
        status, answer = api.send("GET", path)
        if status != 200:
            return
        yield from (item.get("body", "").strip() for item in answer["items"])
        path = api.next


def prepare(server):
    """The people and places of the tests, and a token of Bo, who is a member."""
    code, _, trouble = server.command("migrate")
    if code != 0:
        raise SystemExit(f"torv migrate: {trouble}")
    seed = ROOT / "seeds/test.sql"
    if server.options.database:
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", seed, server.options.database], check=True)
    else:
        with contextlib.closing(sqlite3.connect(server.folder / "data/torv.db")) as database:
            database.executescript(seed.read_text())
    code, token, trouble = server.command("token", "create", "bo@square.test")
    if code != 0:
        raise SystemExit(f"torv token create: {trouble}")
    return token


def make_topics(server, token):
    api = Api(server.port, token)
    topics = []
    _, spaces = api.send("GET", "/api/v1/spaces")
    for space in spaces["items"]:
        for number in range(4):
            status, topic = api.send("POST", f"/api/v1/spaces/{space['id']}/topics",
                                     {"title": f"Rig {number}", "body": f"Opening {uuid.uuid4()}"}, str(uuid.uuid4()))
            if status == 201:
                topics.append(topic["id"])
        if topics:
            return topics
    raise SystemExit("nowhere to write")


def run(options, folder):
    server = Server(options, folder)
    token = prepare(server)
    server.start()
    topics = make_topics(server, token)
    if options.sabotage:  # the topics themselves are to survive: a clean stop writes everything
        server.stop()
        server.start()
    ledger = Ledger()
    for number in range(options.rounds):
        one_round(server, token, ledger, topics, options.writers)
        if not options.sabotage:
            send_again(server, token, ledger)
        print(f"\r{number + 1} kills, {len(ledger.acknowledged)} acknowledged", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    lost, doubled, strange = look_for_all(server, token, ledger, topics)
    server.stop()
    sound, _, trouble = server.command("check")
    print(f"{options.rounds} kills, {len(ledger.acknowledged)} acknowledged, {lost} lost, {doubled} doubled, "
          f"{strange + len(ledger.wrong)} wrong, check {'ok' if sound == 0 else 'FAILED ' + trouble}, "
          f"slowest start {max(server.starts):.2f} s")
    return lost == 0 and doubled == 0 and strange == 0 and not ledger.wrong and sound == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torv", default=str(ROOT / "build/release/torv"))
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--database", default="")
    parser.add_argument("--power-cut", action="store_true")
    parser.add_argument("--sabotage", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="torv-kill-"))
    good = run(options, folder)
    if options.sabotage:
        print("the rig sees what a writer without syncs loses" if not good else "THE RIG IS BLIND: it found nothing")
        good = not good
    shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
