import { output } from './process.ts';

/** What the targets of `nx run infra:*` take: a Markdown table. */
export async function measureInfra(): Promise<string> {
  const printed = await output(
    ['--conditions=@gatehouse/source', '--import', 'tsx', 'tools/nx-infra/bench/main.ts'],
    {},
  );
  return printed.trim();
}
