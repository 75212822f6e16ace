/**
 * `npm run bench`: the project's figures, measured on this machine, side by side with their limits.
 *
 *     npm run bench                        all groups
 *     npm run bench -- claims              one of them: workspace, claims, application, infra, listener, alb, cognito, review
 *     npm run bench -- claims --write      puts the tables into docs/benchmarks.md too
 */
import { parseArgs } from 'node:util';

import { measureApplication } from './application.ts';
import { measureClaims } from './claims.ts';
import { measureInfra } from './infra.ts';
import { measureListener } from './listener.ts';
import { measureAlb, measureCognito } from './local.ts';
import { circumstances, writeReport } from './report.ts';
import { measureReview } from './review.ts';
import { measureWorkspace } from './workspace-group.ts';

const GROUPS = {
  workspace: measureWorkspace,
  claims: measureClaims,
  application: measureApplication,
  infra: measureInfra,
  listener: measureListener,
  alb: measureAlb,
  cognito: measureCognito,
  review: measureReview,
} as const;
type Group = keyof typeof GROUPS;

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const isGroup = (name: string): name is Group => name in GROUPS;
const names = positionals.length > 0 ? positionals : Object.keys(GROUPS);
const unknown = names.find((name) => !isGroup(name));
if (unknown !== undefined) throw new Error(`No group ${unknown}; there are ${Object.keys(GROUPS).join(', ')}`);

for (const name of names.filter(isGroup)) {
  console.error(`Measuring ${name}…`);
  const conditions = circumstances();
  const measured = `${conditions}\n\n${await GROUPS[name]()}`;
  console.log(measured);
  if (values.write) await writeReport(name, measured);
}
