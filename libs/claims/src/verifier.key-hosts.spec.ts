import { describe, expect, it } from '@jest/globals';
import { createHttpsFetch, type Fetch } from './fetch.ts';
import { KEY_HOST_ATTACKS } from './testdata/attacks/index.ts';
import { startKeyHost } from './testdata/key-host.ts';
import { ALICE, SETTINGS } from './testdata/world.ts';
import { LocalLogin } from './testing/index.ts';
import { createClaimsVerifier } from './verifier.ts';

const login = new LocalLogin(SETTINGS);

describe.each(KEY_HOST_ATTACKS.map((attack) => [attack.name, attack] as const))(
  'a key host that answers %s',
  (_, attack) => {
    /** Fetches from the host in question what has this beginning, and the rest from where it should come. */
    async function withHost<Result>(begin: string, use: (fetch: Fetch) => Promise<Result>): Promise<Result> {
      const host = await startKeyHost(attack.listener(login));
      const real = createHttpsFetch({ ca: host.ca });
      try {
        return await use((url, limits) =>
          url.startsWith(begin)
            ? real(url.replace(new URL(url).origin, host.url), {
                ...limits,
                timeoutMs: Math.min(limits.timeoutMs, 400),
              })
            : login.fetch(url, limits),
        );
      } finally {
        await host.close();
      }
    }

    it.each([
      ['for load balancers', SETTINGS.albPublicKeysUrl],
      ['for the pool', SETTINGS.jwksUrl],
    ])('%s lets nobody in, and says that it is not the token', async (_name, begin) => {
      const started = performance.now();
      const before = process.memoryUsage().rss;
      const error: unknown = await withHost(begin, async (fetch) => {
        const verifier = createClaimsVerifier(SETTINGS, { fetch });
        return verifier.verifyAlb(login.headersOf(ALICE)).then(
          () => 'accepted',
          (reason: unknown) => reason,
        );
      });
      expect(error).toMatchObject({ code: 'KEY_UNAVAILABLE', status: 503 });
      expect((error as Error).message).not.toMatch(/BEGIN|doctype|xxx/);
      expect(performance.now() - started).toBeLessThan(2000);
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
    });

    it('does not stop whose key is known', async () => {
      await withHost('https://nobody.example.com', async () => {
        let down = false;
        await withHost(SETTINGS.albPublicKeysUrl, async (fetch) => {
          const its = createClaimsVerifier(
            { ...SETTINGS, cacheEntries: null },
            { fetch: (url, limits) => (down ? fetch(url, limits) : login.fetch(url, limits)) },
          );
          await its.verifyAlb(login.headersOf(ALICE));
          down = true;
          await expect(its.verifyAlb(login.headersOf(ALICE))).resolves.toMatchObject({ username: 'alice' });
        });
      });
    });
  },
);
