import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Figure, repeat } from './figure.ts';
import { output } from './process.ts';
import { ROOT } from './workspace.ts';

/** A process that bundles and runs the stacks as `nx run infra:synth` does, and says its time and memory. */
const PROGRAM = `
  const { bundleStacks } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'tools/nx-infra/src/synth/program.ts')))});
  const start = performance.now();
  await bundleStacks(process.env.ROOT, process.env.OUTFILE);
  console.log((performance.now() - start) / 1000);
`;
const REPORT = `data:text/javascript,process.on('exit',()=>console.log(process.uptime(),process.resourceUsage().maxRSS/1024))`;

/** The time to bundle the stacks, and the time and memory of the process that synthesizes all of them. */
export async function measureSynth(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const OUTFILE = join(folder, 'program.mjs');
  const bundle = (): Promise<string> =>
    output(['--import', 'tsx', '--input-type=module', '-e', PROGRAM], { ROOT, OUTFILE });
  const synthesize = (): Promise<string> =>
    output(['--import', REPORT, OUTFILE], { GATEHOUSE_ENV: 'prod', CDKTF_OUTDIR: join(folder, 'out') });
  try {
    const runs = await repeat(5, async () => {
      const bundling = Number(await bundle());
      const [seconds = NaN, megabytes = NaN] = (await synthesize()).trim().split(' ').map(Number);
      return { bundling, seconds, megabytes };
    });
    const total = runs.map(({ bundling, seconds }) => bundling + seconds);
    return [
      { name: 'infra:synth, bundling and running all stacks', values: total, unit: 's', limit: 1 },
      { name: 'infra:synth, memory', values: runs.map(({ megabytes }) => megabytes), unit: 'MB', limit: 250 },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
