// Times as people read them.

/** What a list of milliseconds comes to; null where there are none. */
export function summary(times = []) {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { count: sorted.length, median: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) };
}

/** The rows under their headings, in columns. */
export function columns(headings, rows) {
  const table = [headings, ...rows].map((row) => row.map((cell) => String(cell ?? '')));
  const widths = headings.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return table.map((row) => line(row).trimEnd()).join('\n');
}

/** Milliseconds, with more digits the fewer they are. */
export function milliseconds(time) {
  if (time === null || time === undefined) return '-';
  return time < 1 ? time.toFixed(3) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}

/** Bytes in units of 1,024. */
export function bytes(count) {
  if (count === null || count === undefined) return '-';
  return count < 1024 ** 2 ? `${(count / 1024).toFixed(0)} KB` : `${(count / 1024 ** 2).toFixed(1)} MB`;
}
