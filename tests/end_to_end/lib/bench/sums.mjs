// The sums behind a priced line, as plain operations that anybody's arithmetic can do.

/** Of a line that the engine has priced: every step as numbers, in order. */
export function sumsOf({ price }) {
  const { once, quantity, tax_percent: tax } = price;
  return { piece: once.piece.steps.map(operation), line: once.steps.map(operation), quantity, tax };
}

/** `rate * units`, `base * percent / 100`, or an amount as it stands. */
function operation({ basis, amount }) {
  if (basis.PerUnit) return { rate: basis.PerUnit.rate, units: basis.PerUnit.units };
  if (basis.Percent) return { base: basis.Percent.base, percent: basis.Percent.percent };
  return { amount };
}
