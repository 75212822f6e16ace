import { InfraError } from '../../errors.ts';

/**
 * The origin that `--url` names.
 *
 * @throws {InfraError} `OPTION_INVALID`
 */
export function readUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const bare = url !== undefined && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (bare && url.protocol === 'https:') return url;
  throw new InfraError(
    'OPTION_INVALID',
    // Not quoted: an address may hold a password.
    'The --url is not an address of the form https://app.example.com, without path, query or user: only such a one can have a login. Leave it out for the domain of the environment.',
  );
}
