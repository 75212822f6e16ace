import { describe, expect, it } from '@jest/globals';
import { type CustomClaims, type StandardSchema } from './custom-claims.ts';
import { ALICE, API_CLIENT, SETTINGS } from './testdata/world.ts';
import { LocalLogin } from './testing/index.ts';
import { type User, userKey } from './user.ts';
import { type ClaimsEdges, createClaimsVerifier } from './verifier.ts';

const login = new LocalLogin(SETTINGS);

function userOf<Custom = CustomClaims>(claims: Readonly<Record<string, unknown>>, edges: ClaimsEdges<Custom> = {}) {
  return createClaimsVerifier(SETTINGS, { fetch: login.fetch, ...edges }).verifyAlb(
    login.headersOf({ ...ALICE, claims }),
  );
}

/** As Zod's `z.object({ tenant: z.string(), seats: z.coerce.number().optional() })` would be. */
const TENANT = {
  parse: (value: unknown): { readonly tenant: string; readonly seats?: number } => {
    const { tenant, seats } = value as Readonly<Record<string, unknown>>;
    if (typeof tenant !== 'string') throw new Error(`no tenant in ${JSON.stringify(value)}`);
    return { tenant, ...(seats !== undefined && { seats: Number(seats) }) };
  },
};

const STANDARD: StandardSchema<{ readonly tenant: string }> = {
  '~standard': {
    version: 1,
    validate: (value) => {
      const { tenant } = value as Readonly<Record<string, unknown>>;
      return typeof tenant === 'string' ? { value: { tenant } } : { issues: [{ message: 'no tenant' }] };
    },
  },
};

describe('custom', () => {
  it('is what the attributes are, as they came, without a schema', async () => {
    const { custom } = await userOf({ 'custom:tenant': 'acme', 'custom:seats': '5' });
    const typed: Readonly<Record<string, unknown>> = custom;
    expect(typed).toEqual({ tenant: 'acme', seats: '5' });
    expect((await userOf({})).custom).toEqual({});
  });

  it('is what a schema with parse makes of them', async () => {
    const { custom } = await userOf({ 'custom:tenant': 'acme', 'custom:seats': '5' }, { custom: TENANT });
    const tenant: string = custom.tenant;
    expect([tenant, custom.seats]).toEqual(['acme', 5]);
    // @ts-expect-error: not in the schema
    expect(custom.other).toBeUndefined();
  });

  it('is what a Standard Schema makes of them, which goes before parse', async () => {
    const both = { ...STANDARD, parse: () => Promise.reject(new Error('not to be called')) };
    const { custom } = await userOf<{ readonly tenant: string }>(
      { 'custom:tenant': 'acme' },
      { custom: both as never },
    );
    expect(custom.tenant).toBe('acme');
  });

  it.each<[string, ClaimsEdges<unknown>]>([
    ['parse', { custom: TENANT }],
    ['a Standard Schema', { custom: STANDARD }],
  ])('refuses a user whom %s refuses, without a word of the claims', async (_, edges) => {
    const refused: unknown = await userOf({ 'custom:other': 'canary' }, edges).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'CUSTOM_CLAIMS_INVALID', status: 403 });
    expect((refused as Error).stack).not.toContain('canary');
    expect((refused as Error).cause).toBeUndefined();
  });

  it('wants an answer at once', async () => {
    const custom: StandardSchema<unknown> = {
      '~standard': { version: 1, validate: () => Promise.resolve({ value: {} }) },
    };
    await expect(userOf({}, { custom })).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('judges bearer tokens too', async () => {
    const its = createClaimsVerifier(SETTINGS, { fetch: login.fetch, custom: TENANT });
    await expect(its.verifyBearer(login.accessTokenOf(ALICE, API_CLIENT))).rejects.toMatchObject({
      code: 'CUSTOM_CLAIMS_INVALID',
    });
  });

  it('types the user that isEnded is asked about', async () => {
    const tenants: string[] = [];
    await userOf(
      { 'custom:tenant': 'acme' },
      { custom: TENANT, isEnded: (user) => tenants.push(user.custom.tenant) < 0 },
    );
    expect(tenants).toEqual(['acme']);
  });
});

describe('identities', () => {
  it('are parsed', async () => {
    const identities = JSON.stringify([
      { userId: '42', providerName: 'Google', providerType: 'Google', primary: true },
    ]);
    expect((await userOf({ identities })).identities).toEqual([
      { userId: '42', providerName: 'Google', providerType: 'Google', primary: true },
    ]);
    expect((await userOf({})).identities).toEqual([]);
  });

  it('make a token malformed when they are no list of accounts', async () => {
    await expect(userOf({ identities: '{"userId":"42"}' })).rejects.toMatchObject({ code: 'TOKEN_MALFORMED' });
  });
});

describe('a user', () => {
  it('cannot be changed, down to the claims within claims', async () => {
    const user = await userOf({ address: { country: 'DE', lines: ['a'] }, 'custom:tenant': 'acme' });
    const address = user.claims['address'] as { country: string; lines: string[] };
    expect(() => (address.country = 'x')).toThrow(TypeError);
    expect(() => address.lines.push('b')).toThrow(TypeError);
    expect(() => Object.assign(user.custom, { tenant: 'x' })).toThrow(TypeError);
  });

  it('has a time that one request cannot change for another', async () => {
    const user = await userOf({});
    const before = user.authenticatedAt.getTime();
    user.authenticatedAt.setTime(0);
    expect(user.authenticatedAt.getTime()).toBe(before);
    expect({ ...user }.authenticatedAt.getTime()).toBe(before);
    expect(JSON.parse(JSON.stringify(user))).toMatchObject({ authenticatedAt: new Date(before).toISOString() });
  });

  it('is not made of claims nested deeper than Cognito writes', async () => {
    const deep = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown;
    await expect(userOf({ deep })).rejects.toMatchObject({ code: 'TOKEN_MALFORMED' });
  });
});

describe('userKey', () => {
  const key = (issuer: string, subject: string): string => userKey({ issuer, subject });

  it('is one for one user, and another for the same subject of another pool', async () => {
    const user: User = await userOf({});
    expect(userKey(user)).toBe(key(SETTINGS.issuer, ALICE.subject));
    expect(key('https://a', 'x')).not.toBe(key('https://b', 'x'));
    expect(key('a b', 'c')).not.toBe(key('a', 'b c'));
    expect(key('a"', 'c')).not.toBe(key('a', '"c'));
  });
});
