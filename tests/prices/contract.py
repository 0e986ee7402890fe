"""Contracts with dates: which periods they have, and what a part of one costs."""

import calendar
from datetime import date, timedelta

from exact import ONE, ZERO, Fraction

DAY = timedelta(1)


def plus(day, months):
    """So many months later; in a month without that day, its last one."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, days_in(year, month)))


def days_in(year, month):
    return calendar.monthrange(year, month)[1]


class Contract:
    """From its first day to the first one after it."""

    def __init__(self, request, months):
        self.start, self.months = date.fromisoformat(request["start"]), months
        if "until" in request:
            self.end = date.fromisoformat(request["until"]) + DAY
            self.months = next(count for count in range(1300) if plus(self.start, count) >= self.end)
        else:
            self.end = plus(self.start, months)
        self.is_whole = plus(self.start, self.months) == self.end

    def day(self, month):
        """On which a month of the term begins, or the contract has ended."""
        return min(plus(self.start, month), self.end)

    def months_until(self, day):
        """Whole months of the term that have passed on a day."""
        count = 0
        while plus(self.start, count + 1) <= day:
            count += 1
        return count

    def billed(self, billing, first, after, months):
        """What is billed from one month of the term to another: (first day, day after, periods)."""
        begin, end, found = self.day(first), self.day(after), []
        for one, next_one in self.periods(billing, months):
            here, there = max(begin, one), min(end, next_one)
            if here < there:
                part = self.part(billing, (here, there), (one, next_one), months)
                if found and part == 1 and found[-1][2] >= 1:
                    found[-1] = (found[-1][0], there, found[-1][2] + 1)
                else:
                    found.append((here, there, part))
        return found

    def periods(self, billing, months):
        """Each period's first day, and the day after it."""
        day = billing["day"]
        first = self.start
        while day and first.day != min(day, days_in(first.year, first.month)):
            first += DAY
        begins = [plus(first, -months)] if first > self.start else []
        count = 0
        while not begins or begins[-1] < self.end:
            begin = plus(first, count * months)
            begins.append(begin.replace(day=min(day, days_in(begin.year, begin.month))) if day else begin)
            count += 1
        return zip(begins, begins[1:])

    def part(self, billing, days, period, months):
        """The part of a period that some of its days are."""
        if days == period:
            return ONE
        policy = billing["proration"]
        if policy == "days":
            return Fraction((days[1] - days[0]).days, (period[1] - period[0]).days)
        if policy == "fixed-months":
            return min(ONE, Fraction(counted(*days, billing["days_in_month"]), billing["days_in_month"] * months))
        begins = days[0] == max(period[0], self.start)
        if policy == "full":
            return ONE if begins else ZERO
        return ONE if begins and self.start <= period[0] and period[1] <= self.end else ZERO


def counted(one, other, length):
    """Days between where every month has as many; within a month, those that there are."""
    if (one.year, one.month) == (other.year, other.month):
        return (other - one).days
    months = (other.year - one.year) * 12 + other.month - one.month
    return months * length + min(other.day, length) - min(one.day, length)
