import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { ROOT } from './workspace.ts';

const REPORT = join(ROOT, 'docs', 'benchmarks.md');

/** Puts what was measured of a group into docs/benchmarks.md, between its two markers. */
export async function writeReport(group: string, measured: string): Promise<void> {
  const written = insertTables(await readFile(REPORT, 'utf8'), group, measured);
  await writeFile(REPORT, await format(written, { ...(await resolveConfig(REPORT)), filepath: REPORT }));
}

/** Replaces what stands between `<!-- bench:group -->` and `<!-- /bench:group -->`. */
export function insertTables(report: string, group: string, tables: string): string {
  const [begin, end] = [`<!-- bench:${group} -->`, `<!-- /bench:${group} -->`];
  const [before, rest] = halves(report, begin);
  const [, after] = halves(rest, end);
  return `${before}${begin}\n\n${tables}\n\n${end}${after}`;
}

function halves(text: string, marker: string): readonly [string, string] {
  const at = text.indexOf(marker);
  if (at === -1) throw new Error(`docs/benchmarks.md has no ${marker}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}

/** Where and when figures are measured, and what else the machine was busy with before. */
export function circumstances(): string {
  const date = new Date().toISOString().slice(0, 10);
  const model = cpus()[0]?.model ?? 'an unknown processor';
  const machine = `${availableParallelism()} cores of ${model}, ${process.platform}`;
  return `Measured on ${date} with Node ${process.version} on ${machine}; load before: ${loadavg()[0]?.toFixed(1)}.`;
}
