"""Random sessions on both sides, every answer compared."""

import time
from dataclasses import dataclass, field

TAKEN_BACK = 6
ENOUGH_MISMATCHES = 5
CONFLICTS_CHECKED = 0.5
# Configurations are only counted where there are few, now and then.
FEW = 2_000
COUNTED = 0.1


@dataclass
class Result:
    """What a model's sessions came to. A check is one value, or one end of a range, of one state."""

    checks: int = 0
    states: int = 0
    refusals: int = 0
    repairs: int = 0
    counts: int = 0
    mismatches: list = field(default_factory=list)
    # Fewer checks than wanted: the other side, or both, took all the time.
    short: bool = False
    # What the engine did not answer in time.
    stopped: str = ""


class Sessions:
    def __init__(self, replay, oracle, random, result):
        self.replay, self.oracle, self.random, self.result = replay, oracle, random, result
        self.history, self.decisions, self.shown_parts = [], {}, {}

    def run(self, enough, until, clicks):
        """Sessions of `clicks` clicks each, until there are `enough` checks or it is time."""
        self.compare_domains()
        while self.going_on(enough, until):
            self.start_over()
            for _ in range(clicks):
                if not self.going_on(enough, until):
                    return
                self.click()
                self.compare_domains()
                if self.random.random() < COUNTED:
                    self.compare_count()

    def going_on(self, enough, until):
        return (self.result.checks < enough and time.monotonic() < until
                and len(self.result.mismatches) < ENOUGH_MISMATCHES)

    def start_over(self):
        while self.decisions:
            self.clear(next(iter(self.decisions)))
        self.history.clear()

    def click(self):
        if self.decisions and self.random.randrange(TAKEN_BACK) == 0:
            self.clear(self.random.choice(list(self.decisions)))
        elif self.oracle.parts and self.random.randrange(4) == 0:
            self.add(self.random.choice(self.oracle.parts))
        else:
            self.set(self.random.choice(self.oracle.attributes()))

    def set(self, path):
        if path in self.oracle.ranges:
            value = str(self.random.randint(*self.oracle.ranges[path]))
        else:
            value = self.random.choice(self.oracle.options[path])
        self.settle(self.tell("set", attribute=path, value=value), path, value)

    def add(self, path):
        """Says that the part at `path` is there; parts that always are cannot be added."""
        if path in self.shown_parts:
            self.settle(self.tell("add", attribute=path), path, None)

    def settle(self, answer, path, value):
        """Compares whether a decision was taken with whether it can be."""
        key = key_of(path, value)
        others = [pair for it, pair in self.decisions.items() if it != key]
        possible = self.oracle.can_be_decided(others, path, value)
        self.expect(answer.get("ok") == possible, f"{path} = {value}: expected ok={possible}", answer)
        if possible:
            self.decisions[key] = (path, value)
        elif not answer.get("ok"):
            self.result.refusals += 1
            if self.random.random() < CONFLICTS_CHECKED:
                self.check_conflict(answer.get("conflict"), others, path, value)
                self.check_repairs(others, path, value)

    def clear(self, key):
        path, value = self.decisions[key]
        answer = self.tell("remove" if value is None else "clear", attribute=path)
        self.expect(answer.get("ok") is True, f"clear {path}", answer)
        del self.decisions[key]
        if value is None:  # What was decided inside a part goes with it.
            inside = [it for it, (at, _) in self.decisions.items() if at == path or at.startswith(path + ".")]
            for it in inside:
                del self.decisions[it]

    def check_conflict(self, conflict, others, path, value):
        """A conflict's decisions forbid the value, and without any one of them they do not."""
        named = decided(conflict, "decisions", others)
        if named is None:
            return self.expect(False, f"{path} = {value}: a conflict over decisions of this session", conflict)
        able = self.oracle.can_be_decided
        self.expect(not able(named, path, value), f"{path} = {value}: a conflict that forbids it", conflict)
        for place, one in enumerate(named):
            fewer = named[:place] + named[place + 1:]
            self.expect(able(fewer, path, value), f"{path} = {value}: a conflict without {one}", conflict)

    def check_repairs(self, others, path, value):
        """Each repair works, and does not with any of its changes left out; the smallest come first."""
        wanted = {} if value is None else {"value": value}
        answer = self.replay.ask("repair", attribute=path, limit=5, **wanted)
        able, sizes = self.oracle.can_be_decided, []
        for repair in answer.get("repairs", []):
            changed = decided(repair, "changes", others) or []
            kept = [pair for pair in others if pair not in changed]
            self.result.repairs += 1
            self.expect(able(kept, path, value), f"{path} = {value}: a repair that works", repair)
            for one in changed:
                self.expect(not able([*kept, one], path, value), f"{path} = {value}: a repair that leaves {one}", repair)
            sizes.append(len(changed))
        self.expect(sizes == sorted(sizes), f"{path} = {value}: the smallest repair first", answer)
        self.expect(bool(sizes) == able([], path, value), f"{path} = {value}: whether there is a repair", answer)

    def compare_domains(self):
        answer, decisions = self.replay.ask("domains"), list(self.decisions.values())
        domains = answer.get("domains")
        if domains is None:
            return self.expect(not self.oracle.satisfiable(decisions), "domains", answer)
        self.result.states += 1
        possible = self.oracle.possible(decisions)
        for path, values in self.oracle.options.items():
            shown = [text_of(value) for value in domains.get(path, [])]
            for value in values:
                holds = (path, value) in possible
                self.expect(holds == (value in shown), f"{value} {'' if holds else 'not '}in the domain of {path}", shown)
        for path in self.oracle.ranges:
            self.compare_range(decisions, path, domains.get(path))
        for path, value in answer.get("forced", {}).items():
            self.compare_forced(decisions, path, text_of(value), possible)
        self.shown_parts = answer.get("parts", {})
        for path in self.oracle.parts:
            self.compare_part(decisions, path, (path, None) in possible)
        known = (self.oracle.options, self.oracle.ranges)
        strangers = [path for path in domains if not any(path in these for these in known)]
        self.expect(not strangers, "no other attributes", strangers[:5])

    def compare_count(self):
        """The exact number where there are few; else at least that nothing smaller is claimed to be exact."""
        answer = self.replay.ask("count")
        count = self.oracle.count(list(self.decisions.values()), FEW)
        if answer.get("exact") is True and str(answer["count"]).isdigit():
            self.result.counts += 1
            told = int(answer["count"])
            self.expect(told == count if count <= FEW else told > FEW, f"{min(count, FEW)} configurations or more", answer)
        else:
            self.expect(answer.get("ok") is (count > 0), "a count", answer)

    def compare_forced(self, decisions, path, value, possible):
        """What follows is the only value, and what has it is there for certain."""
        if path in self.oracle.options:
            others = [it for it in self.oracle.options[path] if it != value and (path, it) in possible]
            holds = not others and (path, value) in possible
        else:
            number = int(float(value))
            holds = not any(self.oracle.beyond(decisions, path, number, number))
        self.expect(holds and self.oracle.certain(decisions, path), f"{path} = {value} follows", value)

    def compare_part(self, decisions, path, possible):
        """Parts that are there whenever their owner is are not shown, nor are those that cannot be."""
        shown = self.shown_parts.get(path)
        if shown is None:
            holds = not possible or self.oracle.comes_with_its_owner(decisions, path)
        else:
            holds = possible and (shown == "there") == self.oracle.certain(decisions, path)
        self.expect(holds, f"whether {path} is or can be there", shown)

    def compare_range(self, decisions, path, shown):
        if shown is None:
            return self.expect(not self.oracle.can_be_there(decisions, path), f"a range for {path}", shown)
        low, high = (int(float(shown[end])) for end in ("min", "max"))
        below, above = self.oracle.beyond(decisions, path, low, high)
        able = self.oracle.has_value
        self.expect(not below and able(decisions, path, str(low)), f"smallest {path}", shown)
        self.expect(not above and able(decisions, path, str(high)), f"largest {path}", shown)

    def tell(self, op, **more):
        self.history.append({"op": op, **more})
        return self.replay.ask(op, **more)

    def expect(self, holds, what, got):
        self.result.checks += 1
        if not holds and len(self.result.mismatches) < ENOUGH_MISMATCHES:
            self.result.mismatches.append({"expected": what, "got": got, "decided": list(self.decisions.values()), "session": list(self.history)})


def key_of(path, value):
    """A part and an attribute can have the same path: an option that may be there."""
    return path if value is not None else "+" + path


def text_of(value):
    """Values as the model's file writes them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def decided(answer, what, others):
    """The decisions that a conflict or a repair names; None if they are not of this session."""
    if not isinstance(answer, dict) or what not in answer:
        return None
    named = []
    for it in answer[what]:
        value = text_of(it.get("value", it.get("from")))
        pair = next((pair for pair in others if pair in ((it["attribute"], value), (it["attribute"], None))), None)
        if pair is None:
            return None
        named.append(pair)
    return named
