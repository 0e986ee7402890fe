// The models that are measured. Sample catalogs are in this repository, the rest beside it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { catalogs, root } from '../settings.mjs';

const models = process.env.QUOTEWRIGHT_MODELS ?? join(root, '../shared/models');
const coom = join(models, 'coom');
const bench = join(coom, 'benchmarks');
const unbounded = join(bench, 'unbounded-cardinalities');
const renault = join(models, 'renault');
const uvl = join(models, 'uvl/Feature_Models');
const clingo = ['clingo'];

/** `others`: who is asked the same; `orders`: real orders to replay; `quick`: measured in a quick run too. */
const ALL = [
  { name: 'conveyor', path: join(catalogs, 'conveyor'), quick: true },
  ...[20, 60, 140].map((count) => ({
    name: `city fleet ${count}`, path: join(bench, `city-bike-fleet/instances/citybike-n${count}.coom`), others: clingo, quick: count === 20,
  })),
  ...[7, 9, 11].map((count) => ({
    name: `travel fleet ${count}`, path: join(bench, `travel-bike-fleet/instances/travelbike-${count}.coom`), others: clingo, quick: count === 7,
  })),
  { name: 'travel bike', path: join(coom, 'examples/bike/travel-bike.coom'), others: clingo },
  ...['simple-500', 'complex-100', 'complex-500'].map((size) => ({
    name: `cargo bike ${size}`, path: join(unbounded, `cargo-bike/models/cargobike-${size}.coom`), others: clingo, quick: size === 'simple-500',
  })),
  { name: 'PC', path: join(coom, 'examples/pc.coom'), others: clingo, quick: true },
  ...['simple-30', 'complex-10'].map((size) => ({
    name: `racks ${size}`, path: join(unbounded, `racks/models/racks-${size}.coom`), others: clingo, quick: size === 'complex-10',
  })),
  { name: 'box 150', path: join(bench, 'box/models/box-s150.coom'), others: clingo, quick: true },
  ...[100, 1000].map((size) => ({
    name: `restaurant ${size}`, path: join(bench, `restaurant/models/restaurant-${size}.coom`), others: clingo, quick: size === 100,
  })),
  ...['5-10-1', '25-10-5'].map((size) => ({
    name: `house ${size}`, path: join(unbounded, `house/models/house-${size}.coom`), others: clingo, quick: size === '5-10-1',
  })),
  ...['small', 'medium', 'big'].map((size) => ({
    name: `Renault ${size}`, path: join(renault, size, 'constraints.xml'), orders: join(renault, size, 'orders.csv'),
    others: ['sat', 'logic-solver'], quick: true,
  })),
  {
    name: 'FinancialServices01', path: join(uvl, 'Financial_Services/Financial_Services_01/financialservices01.uvl'),
    others: ['sat', 'logic-solver'], quick: true,
  },
  { name: 'automotive01', path: join(uvl, 'Automotive/Automotive01/automotive01.uvl'), others: ['sat', 'logic-solver'], quick: true },
  { name: 'automotive2_4', path: join(uvl, 'Automotive/Automotive02/automotive2_4.uvl'), others: ['sat', 'logic-solver'] },
];

/** Those whose name contains `only`, or all of the run; those whose folder is missing are told. */
export function chosen({ only, quick }) {
  const named = ({ name }) => name.toLowerCase().includes(only.toLowerCase());
  const wanted = ALL.filter((model) => (only ? named(model) : model.quick || !quick));
  const there = wanted.filter(({ path }) => path.startsWith(catalogs) || existsSync(models));
  if (there.length < wanted.length) console.log(`SKIPPED  ${wanted.length - there.length} models: there is no ${models}`);
  return there;
}
