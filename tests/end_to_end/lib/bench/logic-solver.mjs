// `node logic-solver.mjs CLAUSES SESSIONS SECONDS`: one query for every option after every click.
import { readFile } from 'node:fs/promises';

import Logic from 'logic-solver';

const [clausesFile, sessionsFile, seconds] = process.argv.slice(2);
const { values, clauses } = JSON.parse(await readFile(clausesFile, 'utf8'));
const { sessions } = JSON.parse(await readFile(sessionsFile, 'utf8'));
const YES_NO = { yes: 'true', no: 'false' };

const name = (literal) => (literal < 0 ? `-v${-literal}` : `v${literal}`);
const start = performance.now();
const solver = new Logic.Solver();
for (const clause of clauses) solver.require(Logic.or(clause.map(name)));
solver.solve();
const made = performance.now() - start;
const options = Object.values(values).flatMap(Object.values).map(name);

const times = [];
const end = performance.now() + seconds * 1000;
play();
console.log(JSON.stringify({ made_ms: made, times, gave_up_after: times.length ? null : Number(seconds) }));

function play() {
  for (const session of sessions) {
    const decisions = new Map();
    for (const { attribute, value } of session) {
      if (value === null) decisions.delete(attribute);
      else decisions.set(attribute, name(values[attribute][value] ?? values[attribute][YES_NO[value]]));
      const before = performance.now();
      if (!allOptions([...decisions.values()])) return;
      times.push(performance.now() - before);
    }
  }
}

/** Whether it came to an end in time. */
function allOptions(decided) {
  return options.every((option) => {
    solver.solveAssuming(Logic.and([...decided, option]));
    return performance.now() < end;
  });
}
