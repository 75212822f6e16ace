import { output } from './process.ts';

/** What the review of many plans takes: a Markdown table. */
export async function measureReview(): Promise<string> {
  const program = ['--conditions=@gatehouse/source', '--import', 'tsx', 'libs/plan-review/bench/main.ts'];
  return (await output(program, {})).trim();
}
