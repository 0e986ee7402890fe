// A small server of files, for pages that are not the endpoint's.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * Serves `pages` (path to text) and, for every other path, the files of `folder`.
 * The headers give the page a fine clock.
 */
export async function serveFiles(pages, folder) {
  const server = createServer(async ({ url }, response) => {
    const path = normalize(new URL(url, 'http://host').pathname);
    const content = pages[path] ?? (folder && await readFile(join(folder, path)).catch(() => undefined));
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': TYPES[extname(path) || '.html'] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
