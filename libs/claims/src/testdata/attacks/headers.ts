import { type RawHeaders } from '../../alb-headers.ts';
import { ACCESS, alice, type Attack, DATA, IDENTITY } from './forge.ts';

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
