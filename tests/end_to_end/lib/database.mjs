// Looks into the endpoint's SQLite file from outside.
import { execFileSync } from 'node:child_process';

const SCRIPT = `
import json, sqlite3, sys
connection = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
print(json.dumps(connection.execute(sys.argv[2]).fetchall()))
`;

/** The rows that `query` gives, each an array. */
export async function rows(file, query) {
  const sqlite = await import('node:sqlite').catch(() => null);
  if (!sqlite) return JSON.parse(execFileSync('python3', ['-c', SCRIPT, file, query], { encoding: 'utf8' }));
  const database = new sqlite.DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(query).all().map(Object.values);
  } finally {
    database.close();
  }
}

/** How many quote requests are kept. */
export async function countRequests(endpoint) {
  const [[count]] = await rows(endpoint.database, 'SELECT count(*) FROM quote_requests');
  return count;
}
