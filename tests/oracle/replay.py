"""A session with `quotewright replay MODEL`: JSON Lines in, JSON Lines out."""

import json
import subprocess


class Replay:
    def __init__(self, program, model, *options):
        self.process = subprocess.Popen(
            [program, "replay", model, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, op, **more):
        self.process.stdin.write(json.dumps({"op": op, **more}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(f"`replay` ended with {self.process.wait()} at {op} {more}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
