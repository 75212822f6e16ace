import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALICE, API_CLIENT, BOB, SETTINGS } from './testdata/world.ts';
import { LocalLogin } from './testing/index.ts';
import { createClaimsVerifier } from './verifier.ts';

const login = new LocalLogin(SETTINGS);
const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });

const CHARACTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/, \t\u00e9'];

/** One small change of a text: a character replaced, put in, taken out, two swapped, or its end cut off. */
type Mutation = (text: string) => string;

const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.constantFrom('replace', 'insert', 'delete', 'swap', 'cut'),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(...CHARACTERS),
  )
  .map(([kind, where, character]) => (text) => {
    const at = Math.min(text.length - 1, Math.floor(where * text.length));
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    if (kind === 'replace') return before + character + after;
    if (kind === 'insert') return before + character + text.slice(at);
    if (kind === 'delete') return before + after;
    if (kind === 'swap') return before + after.slice(0, 1) + text.slice(at, at + 1) + after.slice(1);
    return before;
  });

/** How often a mutant got in, though it was not the token itself. */
async function accepted(
  tokens: readonly string[],
  verify: (mutant: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...tokens),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      async (token, mutations) => {
        const mutant = mutations.reduce((text, mutate) => mutate(text), token);
        if (mutant === token) return;
        const got = await verify(mutant).then(
          () => true,
          () => false,
        );
        if (got) wrong.push(mutant);
      },
    ),
    { numRuns: 3000 },
  );
  return wrong;
}

describe('no mutant of a good credential gets in', () => {
  it('as data token', async () => {
    const [, access = '', , identity = ''] = login.headersOf(ALICE);
    const tokens = Array.from({ length: 3 }, () => login.dataTokenOf(ALICE));
    const verify = (data: string) =>
      verifier.verifyAlb([
        'x-amzn-oidc-data',
        data,
        'x-amzn-oidc-identity',
        identity,
        'x-amzn-oidc-accesstoken',
        access,
      ]);
    for (const token of tokens) await expect(verify(token)).resolves.toBeDefined();
    expect(await accepted(tokens, verify)).toEqual([]);
  });

  it('as access token', async () => {
    const [, , , identity = '', , data = ''] = login.headersOf(ALICE);
    const tokens = [login.accessTokenOf(ALICE)];
    const verify = (access: string) =>
      verifier.verifyAlb([
        'x-amzn-oidc-data',
        data,
        'x-amzn-oidc-identity',
        identity,
        'x-amzn-oidc-accesstoken',
        access,
      ]);
    for (const token of tokens) await expect(verify(token)).resolves.toBeDefined();
    expect(await accepted(tokens, verify)).toEqual([]);
  });

  it('as bearer token', async () => {
    const tokens = [login.accessTokenOf(BOB, API_CLIENT)];
    for (const token of tokens) await expect(verifier.verifyBearer(token)).resolves.toBeDefined();
    expect(await accepted(tokens, (token) => verifier.verifyBearer(token))).toEqual([]);
  });
});
