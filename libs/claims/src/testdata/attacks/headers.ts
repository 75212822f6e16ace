import { type RawHeaders } from '../../alb-headers.ts';
import { ACCESS, alice, type Attack, DATA, IDENTITY } from './forge.ts';

const TEN_MEGABYTES = 'A'.repeat(10_000_000);

/** Headers missing, doubled, or spelt almost right. */
export const HEADERS: readonly Attack[] = [
  { name: 'nothing at all', code: 'DATA_MISSING', rawHeaders: () => [] },
  { name: 'identity without data', code: 'DATA_MISSING', rawHeaders: (login) => alice(login, { [DATA]: null }) },
  {
    name: 'data without identity',
    code: 'IDENTITY_MISSING',
    rawHeaders: (login) => alice(login, { [IDENTITY]: null }),
  },
  {
    name: 'data without access token',
    code: 'ACCESS_TOKEN_MISSING',
    rawHeaders: (login) => alice(login, { [ACCESS]: null }),
  },
  { name: 'empty data', code: 'DATA_MISSING', rawHeaders: (login) => alice(login, { [DATA]: '' }) },
  {
    name: 'plain identity headers, unsigned',
    code: 'TOKEN_MALFORMED',
    rawHeaders: (login) => alice(login, { [DATA]: 'alice' }),
  },
  ...[DATA, IDENTITY, ACCESS].flatMap((name): Attack[] => [
    {
      name: `${name} twice`,
      code: 'HEADER_DUPLICATE',
      rawHeaders: (login) => [...alice(login), ...pick(alice(login), name)],
    },
    {
      name: `${name} twice, once in capitals`,
      code: 'HEADER_DUPLICATE',
      rawHeaders: (login) => [...alice(login), name.toUpperCase(), 'x'],
    },
    {
      name: `${name} comma-joined`,
      code: 'HEADER_DUPLICATE',
      rawHeaders: (login) => alice(login, { [name]: `${pick(alice(login), name)[1]}, x` }),
    },
    {
      name: `${name} with underscores beside it`,
      code: 'HEADER_LOOKALIKE',
      rawHeaders: (login) => [...alice(login), name.replaceAll('-', '_'), 'x'],
    },
  ]),
  { name: 'empty identity', code: 'IDENTITY_MISSING', rawHeaders: (login) => alice(login, { [IDENTITY]: '' }) },
  { name: 'empty access token', code: 'ACCESS_TOKEN_MISSING', rawHeaders: (login) => alice(login, { [ACCESS]: '' }) },
  {
    name: 'access token alone',
    code: 'DATA_MISSING',
    rawHeaders: (login) => alice(login, { [DATA]: null, [IDENTITY]: null }),
  },
  {
    name: 'data and access token exchanged',
    code: 'TOKEN_MALFORMED',
    rawHeaders: (login) =>
      alice(login, { [DATA]: pick(alice(login), ACCESS)[1] ?? '', [ACCESS]: pick(alice(login), DATA)[1] ?? '' }),
  },
  {
    name: 'names with dots',
    code: 'HEADER_LOOKALIKE',
    rawHeaders: (login) => [...alice(login), 'x.amzn.oidc.identity', 'x'],
  },
  {
    name: 'only underscore names',
    code: 'HEADER_LOOKALIKE',
    rawHeaders: (login) => alice(login).map((text, index) => (index % 2 ? text : text.replaceAll('-', '_'))),
  },
  {
    name: 'a name with one underscore',
    code: 'HEADER_LOOKALIKE',
    rawHeaders: (login) => [...alice(login), 'X-Amzn-Oidc_Data', 'x'],
  },
];

function pick(rawHeaders: RawHeaders, name: string): RawHeaders {
  const index = rawHeaders.indexOf(name);
  return rawHeaders.slice(index, index + 2);
}

/**
 * What a parser of HTTP/1.1 would not let through to the application, whose answer is 400 or 431 then. The
 * verification does not count on that.
 */
export const UNPARSEABLE_HEADERS: readonly Attack[] = [
  { name: 'a NUL in the data', code: 'TOKEN_MALFORMED', rawHeaders: (login) => alice(login, { [DATA]: '\0' }) },
  {
    name: 'a NUL after the data',
    code: 'TOKEN_MALFORMED',
    rawHeaders: (login) => alice(login, { [DATA]: `${pick(alice(login), DATA)[1]}\0` }),
  },
  {
    name: 'a NUL after the identity',
    code: 'SUBJECT_MISMATCH',
    rawHeaders: (login) => alice(login, { [IDENTITY]: `${pick(alice(login), IDENTITY)[1]}\0` }),
  },
  {
    name: 'a NUL after the access token',
    code: 'ACCESS_TOKEN_INVALID',
    rawHeaders: (login) => alice(login, { [ACCESS]: `${pick(alice(login), ACCESS)[1]}\0` }),
  },
  { name: '10 MB of data', code: 'TOKEN_MALFORMED', rawHeaders: (login) => alice(login, { [DATA]: TEN_MEGABYTES }) },
  {
    name: '10 MB of identity',
    code: 'SUBJECT_MISMATCH',
    rawHeaders: (login) => alice(login, { [IDENTITY]: TEN_MEGABYTES }),
  },
  {
    name: '10 MB of access token',
    code: 'ACCESS_TOKEN_INVALID',
    rawHeaders: (login) => alice(login, { [ACCESS]: TEN_MEGABYTES }),
  },
];
