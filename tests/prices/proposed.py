"""Lines that do not count, by composition: the quote without them, and with each of them taken."""

from fractions import Fraction

from exact import text
from steps import NoPrice

# One of so many requests has such lines.
ONE_OF = 8


class Unpriced(NoPrice):
    """Something has no price: a line that counts, or one that would."""

    def told(self):
        return ""


def propose(random, request):
    """The same, perhaps, with some lines that do not count; changes by hand are of lines that do."""
    lines, changed = request["lines"], {it.get("line") for it in request.get("adjustments", [])}
    if len(lines) < 2 or random.randrange(ONE_OF):
        return request
    counts = random.choice([at for at in range(len(lines)) if not changed - {None} or at + 1 in changed])
    roles = ["optional", {"alternative_to": counts + 1}, None]
    role = lambda at: None if at == counts or at + 1 in changed else random.choice(roles)
    return {**request, "lines": [it if role_ is None else {**it, "proposed": role_}
                                 for it, role_ in zip(lines, map(role, range(len(lines))))]}


def price(pricer, request, listing):
    """What the engine has to answer."""
    roles = [it.get("proposed") for it in request["lines"]]
    if not any(roles):
        return pricer.price(request, listing)
    try:
        return composed(pricer, request, listing, roles)
    except NoPrice as error:
        raise Unpriced from error


def composed(pricer, request, listing, roles):
    def alone(places):
        lines = [{key: value for key, value in request["lines"][at].items() if key != "proposed"} for at in places]
        place = {at + 1: number + 1 for number, at in enumerate(places)}
        changes = [it | ({"line": place[it["line"]]} if "line" in it else {})
                   for it in request.get("adjustments", []) if it.get("line", places[0] + 1) in place]
        changes = {"adjustments": changes} if changes else {}
        rest = {key: value for key, value in request.items() if key != "adjustments"}
        return pricer.price({**rest, "lines": lines, **changes}, listing)

    counted = [at for at, role in enumerate(roles) if role is None]
    quote = alone(counted)
    lines = dict(zip(counted, quote["lines"]))
    confirm = quote["to_confirm"]
    for at, role in enumerate(roles):
        if role is None:
            continue
        instead = role["alternative_to"] - 1 if isinstance(role, dict) else None
        places = sorted({*counted, at} - {instead})
        then = alone(places)
        confirm = confirm or then["to_confirm"]
        more = {it: difference(pricer, then["totals"][it], quote["totals"][it]) for it in ("net", "gross")}
        more["contract_total"] = difference(pricer, then["contract_total"], quote["contract_total"])
        lines[at] = then["lines"][places.index(at)] | {"proposed": role, "if_taken": more}
    return quote | {"lines": [lines[at] for at in range(len(roles))], "to_confirm": confirm and "adjustments" not in request or None}


def difference(pricer, then, now):
    return text(Fraction(then) - Fraction(now), pricer.minor)
