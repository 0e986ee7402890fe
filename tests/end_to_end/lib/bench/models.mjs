// The models that are measured. Sample catalogs are in this repository, the rest beside it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { catalogs, root } from '../settings.mjs';

const models = process.env.QUOTEWRIGHT_MODELS ?? join(root, '../shared/models');
const coom = join(models, 'coom');
const bench = join(coom, 'benchmarks');
const renault = join(models, 'renault');
const uvl = join(models, 'uvl/Feature_Models');

/** `others`: who is asked the same; `orders`: real orders to replay. */
const ALL = [
  { name: 'conveyor', path: join(catalogs, 'conveyor') },
  ...[20, 50, 60, 120, 140].map((count) => ({
    name: `city fleet ${count}`, path: join(bench, `city-bike-fleet/instances/citybike-n${count}.coom`), others: ['clingo'],
  })),
  ...[7, 8, 9, 11].map((count) => ({
    name: `travel fleet ${count}`, path: join(bench, `travel-bike-fleet/instances/travelbike-${count}.coom`), others: ['clingo'],
  })),
  { name: 'travel bike', path: join(coom, 'examples/bike/travel-bike.coom'), others: ['clingo'] },
  ...['simple-100', 'simple-500', 'complex-100', 'complex-500'].map((size) => ({
    name: `cargo bike ${size}`, path: join(bench, `unbounded-cardinalities/cargo-bike/models/cargobike-${size}.coom`), others: ['clingo'],
  })),
  { name: 'PC', path: join(coom, 'examples/pc.coom'), others: ['clingo'] },
  ...['simple-10', 'simple-30', 'complex-10'].map((size) => ({
    name: `racks ${size}`, path: join(bench, `unbounded-cardinalities/racks/models/racks-${size}.coom`), others: ['clingo'],
  })),
  ...[50, 150].map((size) => ({
    name: `box ${size}`, path: join(bench, `box/models/box-s${size}.coom`), others: ['clingo'],
  })),
  ...[100, 2000].map((size) => ({
    name: `restaurant ${size}`, path: join(bench, `restaurant/models/restaurant-${size}.coom`), others: ['clingo'],
  })),
  ...['5-10-1', '25-10-5'].map((size) => ({
    name: `house ${size}`, path: join(bench, `unbounded-cardinalities/house/models/house-${size}.coom`), others: ['clingo'],
  })),
  ...['small', 'medium', 'big'].map((size) => ({
    name: `Renault ${size}`, path: join(renault, size, 'constraints.xml'), orders: join(renault, size, 'orders.csv'),
    others: size === 'big' ? ['sat'] : ['sat', 'logic-solver'],
  })),
  { name: 'FinancialServices01', path: join(uvl, 'Financial_Services/Financial_Services_01/financialservices01.uvl'), others: ['sat', 'logic-solver'] },
  { name: 'automotive01', path: join(uvl, 'Automotive/Automotive01/automotive01.uvl'), others: ['sat'] },
  { name: 'automotive2_4', path: join(uvl, 'Automotive/Automotive02/automotive2_4.uvl'), others: ['sat'] },
];

/** Those whose name contains `only`; the others are told if their folder is missing. */
export function chosen(only) {
  const wanted = ALL.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  const there = wanted.filter(({ path }) => path.startsWith(catalogs) || existsSync(models));
  if (there.length < wanted.length) console.log(`SKIPPED: ${wanted.length - there.length} models, there is no ${models}`);
  return there;
}
