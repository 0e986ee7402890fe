// What the notes of a run come to: see crates/probe/src/timing.rs.
import { summary } from './table.mjs';

/** Times by kind of session and question, and the clicks of the random sessions. */
export function gathered({ notes, late, ended }) {
  const times = { random: {}, replayed: {}, further: {} };
  const sessions = [];
  const played = { random: 0, replayed: 0, further: 0 };
  let [kind, asking, memory] = [null, null, null];
  for (const note of notes) {
    if (note.session) {
      kind = note.session[0];
      played[kind] += 1;
      (times[kind].made ??= []).push(note.session[1]);
      if (kind === 'random') sessions.push([]);
    } else if (note.click) {
      if (kind === 'random') sessions.at(-1).push(note.click);
    } else if (note.asking) {
      asking = note.asking;
    } else if (note.answer !== undefined) {
      (times[kind][asking] ??= []).push(note.answer);
      asking = null;
    } else {
      memory = note.memory;
    }
  }
  // What was open when the run was stopped, and for how long it had been.
  const stopped = late && { late: asking ?? 'getting ready', took: ended - (notes.at(-1)?.at ?? ended) };
  return { played, sessions, memory, ...stopped, ...summaries(times) };
}

/** A click in all: decided or taken back. */
function summaries({ random, replayed, further }) {
  const clicks = ({ click = [], back = [] }) => summary([...click, ...back]);
  const questions = Object.entries(further).filter(([question]) => !['made', 'first', 'click', 'back'].includes(question));
  return {
    made: summary(random.made), first: summary(random.first), click: clicks(random), back: summary(random.back),
    replayed: clicks(replayed), further: Object.fromEntries(questions.map(([question, times]) => [question, summary(times)])),
  };
}
