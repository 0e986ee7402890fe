// Waiting for a state, never for a time.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `question` until the answer is true-like, and returns it.
 * After `limit` milliseconds the wait fails and names `what` it waited for.
 */
export async function until(what, question, limit = 15_000) {
  const end = performance.now() + limit;
  let problem;
  while (performance.now() < end) {
    try {
      const answer = await question();
      if (answer) return answer;
    } catch (error) {
      problem = error;
    }
    await pause(25);
  }
  throw new Error(`waited ${limit} ms in vain: ${what}`, { cause: problem });
}

/** A promise that somebody else settles. */
export function signal() {
  let give;
  const promise = new Promise((resolve) => (give = resolve));
  return { promise, give };
}
