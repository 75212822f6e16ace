import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Application } from '../../local/application.ts';
import { CHECKS } from './catalogue.ts';
import { answering, publicPage, replacing, rewriting, without } from './testdata/faults.ts';
import { type Fault, FrontDoor, HEADERS, LONGEST_MS, WORKSPACE } from './testdata/front-door.ts';

const DAY_MS = 24 * 3600 * 1000;

let door: FrontDoor;
beforeAll(async () => {
  door = await FrontDoor.open();
}, LONGEST_MS);
afterAll(() => door.close());

describe('infra:verify', () => {
  it(
    'finds nothing wrong with the application of this workspace, in few requests, and tells no secret',
    async () => {
      const outfile = join(door.folder, 'application.mjs');
      const real = await Application.create({
        root: WORKSPACE,
        main: join(WORKSPACE, 'apps/auth/src/main.ts'),
        outfile,
      });
      try {
        await real.compile();
        await real.start(door.environment);
        door.target = real.url;
        const { findings, lines, result, error } = await door.verify();
        expect(error).toBeUndefined();
        expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
        // Whose client this is, is known of what is served here.
        expect([...new Set(findings.map(({ check }) => check)), 'app client'].sort()).toEqual(
          Object.keys(CHECKS).sort(),
        );
        expect(result?.message).toMatch(
          /^https:\/\/app\.localhost:\d+ is as the stacks of test describe it \(\d+ requests\)\.$/,
        );
        expect((result?.data as { requests: number }).requests).toBeLessThan(120);
        expect(lines.join('\n')).not.toMatch(/state=|AWSALBAuthNonce=|eyJ|Cookie-0=/);
      } finally {
        door.target = undefined;
        await real.close();
      }
    },
    LONGEST_MS,
  );

  it.each<readonly [string, Fault, readonly string[], RegExp]>([
    [
      'a cookie of the load balancer without flags',
      { answer: rewriting('set-cookie', (value) => value.replace('; HttpOnly', '')) },
      ['nonce cookie'],
      /without httponly/,
    ],
    [
      'a public page under another name',
      {
        answer: replacing(
          ({ url }) => url === '/gatehouse-verify/../logged-out',
          () => ({ status: 200, headers: [], body: '<p>Welcome' }),
        ),
      },
      ['other paths'],
      /the page of \/logged-out/,
    ],
    [
      'a version',
      { application: answering(publicPage, { ...HEADERS, Server: 'nginx/1.18.0' }) },
      ['software'],
      /nginx\/1\.18\.0/,
    ],
    [
      'a page without restrictions',
      { application: answering(publicPage, without('X-Content-Type-Options')) },
      ['page headers'],
      /lacks X-Content-Type-Options/,
    ],
    [
      'a short HSTS',
      { application: answering(publicPage, { ...HEADERS, 'Strict-Transport-Security': 'max-age=86400' }) },
      ['HSTS'],
      /for 1 days only/,
    ],
  ])(
    'warns of %s, and goes on',
    async (_what, fault, checks, says) => {
      const { findings, result } = await door.verify(fault);
      const warnings = findings.filter(({ state }) => state === 'warning');
      expect(warnings.map(({ check }) => check)).toEqual(checks);
      expect(warnings[0]?.message).toMatch(says);
      expect(result?.message).toContain(`To be looked at: ${checks.join(', ')}.`);
    },
    LONGEST_MS,
  );

  it.each<readonly [string, () => Promise<Fault['tls']>, RegExp]>([
    [
      'expired',
      () => door.certificate(['app.localhost', 'old.localhost'], { clock: () => Date.now() - 200 * DAY_MS }),
      /expired/,
    ],
    ['for another name', () => door.certificate(['other.localhost'], {}), /not for app\.localhost/],
    ['of a strange authority', () => door.certificate(['app.localhost'], { strange: true }), /not trusted/],
  ])(
    'asks nothing of a server whose certificate is %s',
    async (_what, tls, says) => {
      let requests = 0;
      const count: Fault['answer'] = (answer) => {
        requests += 1;
        return answer;
      };
      const { failed, findings, error } = await door.verify({ tls: (await tls()) ?? {}, answer: count });
      expect(failed).toEqual(['certificate']);
      expect(findings.at(-1)?.message).toMatch(says);
      expect(error?.message).toContain('Nothing else could be looked at.');
      expect(requests).toBe(0);
    },
    LONGEST_MS,
  );

  it(
    'gives a server that hangs up after two requests',
    async () => {
      const start = performance.now();
      const { failed, findings } = await door.verify({ answer: () => undefined }, {}, { timeoutMilliseconds: 500 });
      expect(failed).toEqual(expect.arrayContaining(['login', 'public paths', 'other paths', 'callback']));
      expect(findings.filter(({ message }) => /did not answer in 0\.5 s/.test(message))).toHaveLength(2);
      expect(performance.now() - start).toBeLessThan(20_000);
    },
    LONGEST_MS,
  );

  it.each([
    ['does not resolve', 'https://nowhere.invalid', 'DNS', /does not resolve \(ENOTFOUND\)/],
    ['has nothing that listens', 'https://app.localhost:1', 'certificate', /ECONNREFUSED/],
  ])(
    'says that a name %s',
    async (_what, url, check, says) => {
      const { failed, findings } = await door.verify({}, { url });
      expect(failed).toEqual([check]);
      expect(findings.at(-1)?.message).toMatch(says);
    },
    LONGEST_MS,
  );

  it.each(['http://app.localhost', 'https://app.localhost/path', 'app.localhost', 'https://me:secret@app.localhost'])(
    'refuses %s as an address, without quoting it',
    async (url) => {
      const { error } = await door.verify({}, { url });
      expect(error?.code).toBe('OPTION_INVALID');
      expect(error?.message).not.toContain('secret');
    },
    LONGEST_MS,
  );
});
