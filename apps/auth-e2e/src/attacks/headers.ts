import { type Loot, type StraightAttack } from './attack.ts';
import { ACCESS, DATA, headersOf, IDENTITY } from './identity.ts';
import { type HeaderLine } from './raw-request.ts';

function without(name: string, refusal: string, header: string): StraightAttack {
  return { name, refusal, headers: ({ alice }) => headersOf(alice).filter(([candidate]) => candidate !== header) };
}

function beside(name: string, refusal: string | number, more: (loot: Loot) => readonly HeaderLine[]): StraightAttack {
  return { name, refusal, headers: (loot) => [...headersOf(loot.alice), ...more(loot)] };
}

const MISSING: readonly StraightAttack[] = [
  { name: 'nothing', refusal: 'DATA_MISSING', headers: () => [] },
  without('identity and access token without data', 'DATA_MISSING', DATA),
  without('data without identity', 'IDENTITY_MISSING', IDENTITY),
  without('data without access token', 'ACCESS_TOKEN_MISSING', ACCESS),
  {
    name: 'plain claims, unsigned',
    refusal: 'TOKEN_MALFORMED',
    headers: ({ alice }) => headersOf({ ...alice, data: 'alice' }),
  },
  {
    name: 'a genuine access token as a bearer token',
    refusal: 'BEARER_REFUSED',
    headers: ({ alice }) => [['Authorization', `Bearer ${alice.accessToken}`]],
  },
  {
    name: 'the data token as a bearer token',
    refusal: 'BEARER_MALFORMED',
    headers: ({ alice }) => [['Authorization', `Bearer ${alice.data}`]],
  },
];

const DOUBLED: readonly StraightAttack[] = [DATA, IDENTITY, ACCESS].flatMap((name) => [
  beside(`${name} a second time`, 'HEADER_DUPLICATE', ({ bob }) =>
    headersOf(bob).filter(([candidate]) => candidate === name),
  ),
  beside(`${name} a second time, in capitals`, 'HEADER_DUPLICATE', () => [[name.toUpperCase(), 'x']]),
  beside(`${name} with underscores beside it`, 'HEADER_LOOKALIKE', () => [[name.replaceAll('-', '_'), 'x']]),
  {
    name: `${name} with a comma and another value`,
    refusal: 'HEADER_DUPLICATE',
    headers: ({ alice, bob }: Loot) =>
      headersOf(alice).map(([candidate, value], at): HeaderLine => {
        return [candidate, candidate === name ? `${value}, ${headersOf(bob)[at]?.[1] ?? ''}` : value];
      }),
  },
  {
    name: `${name} under a name with underscores only`,
    refusal: 'HEADER_LOOKALIKE',
    headers: ({ alice }: Loot) =>
      headersOf(alice).map(([candidate, value]): HeaderLine => {
        return [candidate === name ? candidate.replaceAll('-', '_') : candidate, value];
      }),
  },
  {
    name: `${name} named as a header of the connection alone, and forged`,
    refusal: 'HEADER_DUPLICATE',
    headers: ({ alice }: Loot): readonly HeaderLine[] => [
      ...headersOf(alice),
      [name, 'x'],
      ['Connection', `close, ${name}`],
    ],
  },
]);

const MIXED: readonly StraightAttack[] = [
  {
    name: "alice's data, bob's access token",
    refusal: 'SUBJECT_MISMATCH',
    headers: ({ alice, bob }) => headersOf({ ...alice, accessToken: bob.accessToken }),
  },
  {
    name: "bob's data, alice's access token",
    refusal: 'SUBJECT_MISMATCH',
    headers: ({ alice, bob }) => headersOf({ ...bob, accessToken: alice.accessToken }),
  },
  {
    name: "bob's tokens, alice's identity",
    refusal: 'SUBJECT_MISMATCH',
    headers: ({ alice, bob }) => headersOf({ ...bob, identity: alice.identity }),
  },
  {
    name: "bob's data, alice's identity and access token",
    refusal: 'SUBJECT_MISMATCH',
    headers: ({ alice, bob }) => headersOf({ ...alice, data: bob.data }),
  },
];

/** What HTTP itself refuses, before there is a request. */
const HTTP: readonly StraightAttack[] = [
  beside('a NUL in a header', 400, () => [['x-amzn-oidc-data', 'a\0b']]),
  beside('a line feed in a header', 400, () => [['x-filler', 'a\nx-amzn-oidc-data: b']]),
  beside('a folded header', 400, () => [['x-filler', 'a\r\n x-amzn-oidc-data: b\0']]),
];

/** Headers missing, doubled, mixed, or spelt almost right. */
export const HEADER_ATTACKS: readonly StraightAttack[] = [...MISSING, ...DOUBLED, ...MIXED, ...HTTP];
