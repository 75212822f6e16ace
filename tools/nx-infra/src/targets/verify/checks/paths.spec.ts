import { describe, expect, it } from '@jest/globals';

import { type Finding } from '../../../progress/finding.ts';
import { type Answer } from '../answer.ts';
import { type Check, type Door } from '../check.ts';
import { type Expectation } from '../expectation.ts';
import { type PathRules } from '../path-rules.ts';
import { anOpenPath, apiPaths, publicPaths } from './paths.ts';

const NONE: PathRules = { open: [], denied: [], bearer: [], unread: [], isOpen: () => false };

function door(paths: Partial<PathRules>, answer: (target: string) => Partial<Answer>): Door {
  return {
    expected: {
      origin: new URL('https://app.example.com'),
      pool: { hostname: 'pool.example', port: '' },
      paths: { ...NONE, ...paths },
    } as Expectation,
    visitor: {
      ask: (url, { target = '' } = {}) =>
        Promise.resolve({ url, status: 200, headers: [], body: '', ...answer(target) }),
    },
    canary: '',
  };
}

const told = async (check: Check, given: Door): Promise<readonly string[]> =>
  (await check(given)).map(({ state, message }: Finding) => `${state}: ${message}`);

describe('public paths', () => {
  it.each<readonly [Partial<Answer>, RegExp]>([
    [{ status: 200 }, /^ok: \/a answer/],
    [{ status: 302, headers: [['location', '/b']] }, /^ok/],
    [{ status: 404 }, /^warning: .*there is nothing/],
    [{ status: 429 }, /^warning: .*limited/],
    [{ status: 401 }, /^failed: .*nobody gets it/],
    [{ status: 502 }, /^failed: .*does not work/],
    [{ status: 302, headers: [['location', 'https://pool.example/oauth2/authorize']] }, /^failed: .*sent to the login/],
    [{ status: 302, headers: [['location', '//evil.example/']] }, /^failed: .*led to another/],
  ])('answered with %j', async (answer, says) => {
    expect(
      await told(
        publicPaths,
        door({ open: ['/a'] }, () => answer),
      ),
    ).toEqual([expect.stringMatching(says)]);
  });

  it('says what it leaves out', async () => {
    const open = Array.from({ length: 21 }, (_, index) => `/${index}`);
    expect(
      await told(
        publicPaths,
        door({ open, unread: ['aws_lb_listener_rule.x'] }, () => ({})),
      ),
    ).toEqual([
      expect.stringMatching(/^warning: aws_lb_listener_rule\.x decides by more/),
      expect.stringMatching(/^warning: Only 20 of 21/),
    ]);
    expect(
      await told(
        publicPaths,
        door({}, () => ({})),
      ),
    ).toEqual(['ok: There are none.']);
  });
});

describe('API paths', () => {
  it.each<readonly [Partial<Answer>, RegExp]>([
    [{ status: 401 }, /^ok/],
    [{ status: 401, headers: [['location', '/login']] }, /^failed/],
    [{ status: 403 }, /^failed: .* where 401 is due\.$/],
    [{ status: 200 }, /^failed: .*open to everybody/],
  ])('answered with %j', async (answer, says) => {
    expect(
      await told(
        apiPaths,
        door({ denied: ['/api/x'] }, () => answer),
      ),
    ).toEqual([expect.stringMatching(says)]);
  });

  it('are not told of where there are none', async () => {
    expect(
      await told(
        apiPaths,
        door({}, () => ({})),
      ),
    ).toEqual([]);
  });
});

describe('a path to look at', () => {
  it('is the first that is answered', async () => {
    const answers = (target: string): Partial<Answer> => ({ status: target === '/b' ? 200 : 404 });
    expect(await anOpenPath(door({ open: ['/a', '/b'] }, answers))).toBe('/b');
    expect(await anOpenPath(door({ open: ['/a'] }, answers))).toBeUndefined();
  });
});
