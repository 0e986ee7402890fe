// The same sums as decisions of @gorules/zen-engine: its native part, which is installed where it fits the machine.
import { createRequire } from 'node:module';

/** Milliseconds of each run over `count` lines, and the net total that it comes to; null where it cannot be loaded. */
export async function timesOfZen(lines, count, runs) {
  const native = loaded('@gorules/zen-engine-linux-x64-gnu');
  if (!native) return null;
  const engine = new native.ZenEngine();
  const decisions = lines.map((line) => engine.createDecision(Buffer.from(JSON.stringify(decision(line)))));
  const times = [];
  let net;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    net = 0;
    for (let at = 0; at < count; at += 1) {
      const { result } = await decisions[at % lines.length].evaluate(asked(lines[at % lines.length]));
      net += result.net;
    }
    times.push(performance.now() - start);
  }
  return { times, net: net.toFixed(2) };
}

function loaded(name) {
  try {
    return createRequire(import.meta.url)(name);
  } catch {
    return null;
  }
}

/** What a configuration says is asked; what a price book says is in the decision. */
function asked({ piece, line, quantity }) {
  const units = Object.fromEntries([...piece, ...line].map(({ units }, at) => [`u${at}`, Number(units ?? 0)]));
  return { quantity, ...units };
}

function decision({ piece, line }) {
  const formula = ({ rate, base, percent, amount }, at) =>
    (rate !== undefined ? `${rate} * u${at}` : percent !== undefined ? `${base} * ${percent} / 100` : amount);
  const steps = [...piece, ...line].map((step, at) => ({ id: `s${at}`, key: `s${at}`, value: formula(step, at) }));
  const sum = (from, to) => (to > from ? steps.slice(from, to).map(({ key }) => `$.${key}`).join(' + ') : '0');
  const net = `round((${sum(0, piece.length)}) * quantity + ${sum(piece.length, steps.length)}, 2)`;
  const node = (id, type, content) => ({ id, name: id, type, position: { x: 0, y: 0 }, content });
  const edge = (sourceId, targetId) => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId });
  const expressions = [...steps, { id: 'net', key: 'net', value: net }];
  return {
    nodes: [node('in', 'inputNode'), node('sums', 'expressionNode', { expressions }), node('out', 'outputNode')],
    edges: [edge('in', 'sums'), edge('sums', 'out')],
  };
}
