"""A session with `quotewright replay MODEL`: JSON Lines in, JSON Lines out."""

import json
import select
import subprocess

# Whatever takes longer is stopped, and told.
PATIENCE = 120


class TooSlow(Exception):
    """No answer in time."""


class Replay:
    def __init__(self, program, model, *options):
        self.process = subprocess.Popen(
            [program, "replay", model, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, op, **more):
        self.process.stdin.write(json.dumps({"op": op, **more}) + "\n")
        self.process.stdin.flush()
        # There is never more than one line to read, so that nothing hides in a buffer.
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.process.kill()
            raise TooSlow(f"{op} {more} takes more than {PATIENCE} s")
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(f"`replay` ended with {self.process.wait()} at {op} {more}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
