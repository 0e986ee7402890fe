// Whatever a page complains about fails the test that saw it.
import assert from 'node:assert/strict';

/** Collects errors, warnings and broken content security policies of `page`. */
export function listen(page) {
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error}`));
  return {
    /** Fails if there was any, apart from those that match `expected`. */
    none(expected = []) {
      const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
      assert.deepEqual(unexpected, []);
    },
  };
}

/** What a browser itself says when a server cannot be reached. */
export const UNREACHABLE = /Failed to load resource: net::ERR_/;
