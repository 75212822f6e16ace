import { output } from './process.ts';

const SOURCES = ['--conditions=@gatehouse/source', '--import', 'tsx'];

/**
 * What libs/claims and its guard cost: Markdown tables. Each project measures itself in a process of its own, which no
 * import of another project slows down or makes possible.
 */
export async function measureClaims(): Promise<string> {
  const library = await output(['--expose-gc', ...SOURCES, 'libs/claims/bench/main.ts'], {});
  const application = await output([...SOURCES, 'apps/auth/bench/main.ts'], {
    TSX_TSCONFIG_PATH: 'tsconfig.base.json',
  });
  return [library, application].map((printed) => printed.trim()).join('\n\n');
}
