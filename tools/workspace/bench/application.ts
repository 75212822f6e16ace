import { renderTable } from './figure.ts';
import { output } from './process.ts';
import { nx, timed } from './workspace.ts';

/** What `apps/auth/bench/footprint.ts` prints. */
interface Footprint {
  readonly startSeconds: readonly number[];
  readonly residentMegabytes: readonly number[];
  readonly bundleMegabytes: number;
}

/** What the delivered application needs: a Markdown table. */
export async function measureApplication(): Promise<string> {
  await timed(nx(['build', 'auth']));
  const program = ['--conditions=@gatehouse/source', '--import', 'tsx', 'apps/auth/bench/footprint.ts'];
  const printed = await output(program, { TSX_TSCONFIG_PATH: 'tsconfig.base.json' });
  const { startSeconds, residentMegabytes, bundleMegabytes } = JSON.parse(printed) as Footprint;
  return renderTable([
    { name: 'from process start to ready', values: startSeconds, unit: 's', limit: 0.4 },
    { name: 'resident memory at rest', values: residentMegabytes, unit: 'MB', limit: 90 },
    { name: 'bundle', values: [bundleMegabytes], unit: 'MB', limit: 6 },
  ]);
}
