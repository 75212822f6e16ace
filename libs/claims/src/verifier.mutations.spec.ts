import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALICE, API_CLIENT, BOB, SETTINGS } from './testdata/world.ts';
import { LocalLogin } from './testing/index.ts';
import { createClaimsVerifier } from './verifier.ts';

const login = new LocalLogin(SETTINGS);
const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });

const CHARACTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/, \t\0\u00e9'];
const KINDS = ['replace', 'insert', 'delete', 'swap', 'cut', 'repeat'] as const;
/** Mutants of one run of a property; a run for each would take longer than verifying it. */
const BATCH = 100;

/** One small change of a text, by what kind of change, where and with which character. */
type Mutation = readonly [kind: (typeof KINDS)[number], where: number, character: string];

const mutation: fc.Arbitrary<Mutation> = fc
  .nat()
  .map((n) => [
    KINDS[n % KINDS.length] ?? 'cut',
    (Math.imul(n, 2_654_435_761) >>> 0) / 2 ** 32,
    CHARACTERS[(n >>> 5) % CHARACTERS.length] ?? '',
  ]);

function mutate(text: string, [kind, where, character]: Mutation): string {
  const at = Math.floor(where * text.length);
  const [before, here, after] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
  if (kind === 'replace') return before + character + after;
  if (kind === 'insert') return before + character + here + after;
  if (kind === 'delete') return before + after;
  if (kind === 'swap') return before + after.slice(0, 1) + here + after.slice(1);
  if (kind === 'repeat') return before + here + here + after;
  return before;
}

interface Outcome {
  /** How many mutants differed from the token. */
  readonly tried: number;
  /** Those of them that got in. */
  readonly accepted: readonly string[];
}

/** Verifies so many texts, of one to three mutations of a token each. */
async function attack(
  tokens: readonly string[],
  verify: (mutant: string) => Promise<unknown>,
  mutants: number,
): Promise<Outcome> {
  const accepted: string[] = [];
  let tried = 0;
  const batch = fc.array(fc.array(mutation, { minLength: 1, maxLength: 3 }), { minLength: BATCH, maxLength: BATCH });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tokens), batch, async (token, mutations) => {
      for (const mutant of mutations.map((steps) => steps.reduce(mutate, token))) {
        if (mutant === token) continue;
        tried += 1;
        await verify(mutant).then(
          () => accepted.push(mutant),
          () => undefined,
        );
      }
    }),
    { numRuns: Math.ceil((mutants * 1.1) / BATCH) },
  );
  return { tried, accepted };
}

/** Tokens that are known to the verifier already, so that its memory is attacked too. */
async function known(tokens: readonly string[], verify: (token: string) => Promise<unknown>): Promise<typeof tokens> {
  for (const token of tokens) await expect(verify(token)).resolves.toBeDefined();
  return tokens;
}

describe('no mutant of a good credential gets in, of 105,000', () => {
  const [, access = '', , identity = '', , data = ''] = login.headersOf(ALICE);
  const alb = (changed: { readonly data?: string; readonly access?: string; readonly identity?: string }) =>
    verifier.verifyAlb([
      'x-amzn-oidc-data',
      changed.data ?? data,
      'x-amzn-oidc-identity',
      changed.identity ?? identity,
      'x-amzn-oidc-accesstoken',
      changed.access ?? access,
    ]);

  it.each<[string, number, () => readonly string[], (mutant: string) => Promise<unknown>]>([
    ['data token', 40_000, () => [1, 2, 3].map(() => login.dataTokenOf(ALICE)), (mutant) => alb({ data: mutant })],
    ['access token', 30_000, () => [access, login.accessTokenOf(ALICE)], (mutant) => alb({ access: mutant })],
    ['identity', 5000, () => [identity], (mutant) => alb({ identity: mutant })],
    [
      'bearer token',
      30_000,
      () => [login.accessTokenOf(BOB, API_CLIENT), login.accessTokenOf(ALICE, API_CLIENT)],
      (mutant) => verifier.verifyBearer(mutant),
    ],
  ])(
    'as %s',
    async (_, mutants, tokens, verify) => {
      const { tried, accepted } = await attack(await known(tokens(), verify), verify, mutants);
      expect(accepted).toEqual([]);
      expect(tried).toBeGreaterThanOrEqual(mutants);
    },
    30_000,
  );
});
