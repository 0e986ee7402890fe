// Times as people read them, in tables that are Markdown.

/** What a list of milliseconds comes to; null where there are none. */
export function summary(times = []) {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { count: sorted.length, median: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) };
}

/** The rows under their headings; the first `left` columns hold words, the others numbers. */
export function columns(headings, rows, left = 2) {
  const table = [headings, ...rows].map((row) => row.map((cell) => String(cell ?? '')));
  const widths = headings.map((_, column) => Math.max(3, ...table.map((row) => row[column]?.length ?? 0)));
  const pad = (cell, column) => (column < left ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = widths.map((width, column) => (column < left ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [head, ...body] = table.map((row) => line(widths.map((_, column) => pad(row[column] ?? '', column))));
  return [head, line(rule), ...body].join('\n');
}

/** Milliseconds, with more digits the fewer they are. */
export function milliseconds(time) {
  if (time === null || time === undefined) return '-';
  return time < 1 ? time.toFixed(3) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}

/** Median and 99th percentile. */
export function pair(times) {
  return times ? `${milliseconds(times.median)} / ${milliseconds(times.p99)}` : '-';
}

/** Bytes in units of 1,024. */
export function bytes(count) {
  if (count === null || count === undefined) return '-';
  return count < 1024 ** 2 ? `${(count / 1024).toFixed(0)} KB` : `${(count / 1024 ** 2).toFixed(1)} MB`;
}
