import { dev } from './dev.ts';
import { EnvironmentError, parseEnvironment } from './load.ts';
import { local } from './local.ts';
import { prod } from './prod.ts';
import { type Environment } from './schema.ts';

export { EnvironmentError, type EnvironmentErrorCode, parseEnvironment } from './load.ts';
export { type Environment } from './schema.ts';

/** Every environment there is, by name. */
export const environments = { local, dev, prod } as const satisfies Record<string, Environment>;

/**
 * The validated environment of that name.
 *
 * @throws {EnvironmentError} `ENVIRONMENT_UNKNOWN` or `ENVIRONMENT_INVALID`
 */
export function loadEnvironment(name: string): Environment {
  const found = new Map<string, Environment>(Object.entries(environments)).get(name);
  if (found) return parseEnvironment(found);
  const known = Object.keys(environments).join(', ');
  throw new EnvironmentError('ENVIRONMENT_UNKNOWN', [
    `GATEHOUSE_ENV: ${JSON.stringify(name)} is refused: it must name an environment (${known}); for example "local"`,
  ]);
}
