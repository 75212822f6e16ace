import { output } from './process.ts';

/** What matching, exposure and comparison take for listeners at the quota: a Markdown table. */
export async function measureListener(): Promise<string> {
  const program = ['--conditions=@gatehouse/source', '--import', 'tsx', 'libs/listener/bench/main.ts'];
  return (await output(program, {})).trim();
}
