"""Which rules of EN 16931 the totals of an answer break; whether a base or tax is below zero where no line is."""

from exact import ZERO, Fraction, rounded


def broken(catalog, answer):
    """By name; BR-CO-17 where tax is rounded once, in prices to a minor unit."""
    if "error" in answer:
        return
    lines = [it for it in answer["lines"] if "proposed" not in it]
    # Amounts in another currency than the catalog's are in its minor units.
    own_step = catalog.step if answer["currency"] == catalog.currency else None
    step = own_step or Fraction(1, 10**len(answer["totals"]["net"].partition(".")[2]))
    once = (sum(Fraction(it["amount"]) for it in line["shares"]) + Fraction(line["once"]["net"]) for line in lines)
    yield from of_totals(catalog, step, answer["totals"], len(lines), min(once) >= 0)
    each = [Fraction(it["charge"]["net"]) for line in lines for it in line["recurring"]]
    for again in answer["recurring"]:
        yield from of_totals(catalog, step, again["totals"], len(again["totals"]["line_nets"]), min(each) >= 0)


def of_totals(catalog, step, totals, lines, are_goods):
    """`are_goods`: no line is below zero."""
    bt = lambda name: Fraction(totals.get(name, "0"))
    cash = Fraction(totals["cash"]["rounding"]) if "cash" in totals else ZERO
    net = bt("line_total") - bt("allowance_total") + bt("charge_total")
    # Lines and pieces may have rounded their base down, and no more than that is taken off.
    as_is = not catalog.contained and catalog.tax_at == "document"
    checks = {
        "every line": len(totals["line_nets"]) == lines,
        "BR-CO-10": bt("line_total") == sum(map(Fraction, totals["line_nets"]), ZERO),
        "BR-CO-11": bt("allowance_total") >= 0 and (not as_is or bt("allowance_total") == bt("allowances")),
        "BR-CO-12": catalog.contained or bt("charge_total") == bt("charges"),
        "BR-CO-13": bt("net") == net == sum((Fraction(it["base"]) for it in totals["taxes"]), ZERO),
        "BR-CO-14": bt("tax") == sum((Fraction(it["amount"]) for it in totals["taxes"]), ZERO),
        "BR-CO-15": bt("gross") == bt("net") + bt("tax"),
        "BR-CO-16": "payable" not in totals or bt("payable") == bt("gross") - bt("prepaid") + cash,
    }
    for tax in totals["taxes"]:
        base, percent, amount = (Fraction(tax[it]) for it in ("base", "percent", "amount"))
        if catalog.tax_at == "document":
            right = rounded(base * percent / 100, step, catalog.rounding)
            checks["BR-CO-17"] = abs(amount - right) <= (step if catalog.contained else 0)
    if are_goods and min(bt("net"), bt("gross")) >= 0:
        # What is taken off goes to other rates in whole steps, where the goods there may have a part of one.
        least = -step if catalog.round_at == "document" else 0
        checks["no base or tax below zero"] = all(Fraction(it[part]) >= least for it in totals["taxes"] for part in ("base", "amount"))
    return [rule for rule, holds in checks.items() if not holds]
