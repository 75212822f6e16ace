import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pad } from './testing/encode.ts';
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
  .noBias(fc.nat())
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

/** What of a token is changed: its characters, or the JSON text within it, which is then encoded as a signer would. */
type Level = 'characters' | 'header' | 'payload';

function mutant(token: string, level: Level, steps: readonly Mutation[]): string {
  if (level === 'characters') return steps.reduce(mutate, token);
  const parts = token.split('.');
  const index = level === 'header' ? 0 : 1;
  const json = steps.reduce(mutate, Buffer.from(parts[index] ?? '', 'base64url').toString());
  const encoded = Buffer.from(json).toString('base64url');
  return parts.with(index, token.endsWith('=') ? pad(encoded) : encoded).join('.');
}

interface Outcome {
  /** How many mutants there were, no two alike and none the token itself. */
  readonly tried: number;
  /** Those of them that got in. */
  readonly accepted: readonly string[];
}

/** Verifies so many texts, of one to three mutations of a token each. */
async function attack(
  tokens: readonly string[],
  verify: (mutant: string) => Promise<unknown>,
  { runs, levels }: { readonly runs: number; readonly atLeast: number; readonly levels: readonly Level[] },
): Promise<Outcome> {
  const accepted: string[] = [];
  const seen = new Set(tokens);
  const change = fc.tuple(fc.constantFrom(...levels), fc.array(mutation, { minLength: 1, maxLength: 3 }));
  const batch = fc.array(change, { minLength: BATCH, maxLength: BATCH });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tokens), batch, async (token, changes) => {
      for (const text of changes.map(([level, steps]) => mutant(token, level, steps))) {
        if (seen.has(text)) continue;
        seen.add(text);
        await verify(text).then(
          () => accepted.push(text),
          () => undefined,
        );
      }
    }),
    { numRuns: runs },
  );
  return { tried: seen.size - tokens.length, accepted };
}

/** Tokens that are known to the verifier already, so that its memory is attacked too. */
async function known(tokens: readonly string[], verify: (token: string) => Promise<unknown>): Promise<typeof tokens> {
  for (const token of tokens) await expect(verify(token)).resolves.toBeDefined();
  return tokens;
}

describe('no mutant of a good credential gets in, of 101,000', () => {
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

  const levels = ['characters', 'header', 'payload'] as const;

  it.each<[string, Parameters<typeof attack>[2], () => readonly string[], (mutant: string) => Promise<unknown>]>([
    [
      'data token',
      { runs: 520, atLeast: 40_000, levels },
      () => [1, 2, 3].map(() => login.dataTokenOf(ALICE)),
      (text) => alb({ data: text }),
    ],
    [
      'access token',
      { runs: 400, atLeast: 30_000, levels },
      () => [access, login.accessTokenOf(ALICE)],
      (text) => alb({ access: text }),
    ],
    [
      'identity',
      { runs: 20, atLeast: 1000, levels: ['characters'] },
      () => [identity],
      (text) => alb({ identity: text }),
    ],
    [
      'bearer token',
      { runs: 400, atLeast: 30_000, levels },
      () => [login.accessTokenOf(BOB, API_CLIENT), login.accessTokenOf(ALICE, API_CLIENT)],
      (text) => verifier.verifyBearer(text),
    ],
  ])(
    'as %s',
    async (_, plan, tokens, verify) => {
      const { tried, accepted } = await attack(await known(tokens(), verify), verify, plan);
      expect(accepted).toEqual([]);
      expect(tried).toBeGreaterThanOrEqual(plan.atLeast);
    },
    30_000,
  );
});
