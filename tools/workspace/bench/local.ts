import { output } from './process.ts';

const SOURCES = ['--conditions=@gatehouse/source', '--import', 'tsx'];

/** The local load balancer beside its peers: Markdown tables. */
export async function measureAlb(): Promise<string> {
  return (await output([...SOURCES, 'libs/local-alb/bench/main.ts'], {})).trim();
}

/** The local user pool, with many users and with many logins: a Markdown table. */
export async function measureCognito(): Promise<string> {
  const program = [...SOURCES, 'libs/local-cognito/bench/main.ts'];
  return (await output(program, { TSX_TSCONFIG_PATH: 'tsconfig.base.json' })).trim();
}
