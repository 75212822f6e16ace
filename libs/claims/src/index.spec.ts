import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, ClaimsError } from './error.ts';
import * as core from './index.ts';
import * as nest from './nest/index.ts';
import * as nestTesting from './nest/testing/index.ts';
import * as nestWs from './nest/ws/index.ts';
import * as testing from './testing/index.ts';
import { type User } from './user.ts';

describe('the public face', () => {
  it('is this, and growing it is a decision', () => {
    expect(Object.keys(core).sort()).toEqual([
      'ClaimsError',
      'createClaimsVerifier',
      'createHttpsFetch',
      'hasAlbHeaders',
      'readBearerToken',
      'readClaimsSettings',
      'userKey',
    ]);
    expect(Object.keys(nest).sort()).toEqual([
      'CLAIMS_VERIFIER',
      'ClaimsException',
      'ClaimsModule',
      'CurrentUser',
      'Groups',
      'Public',
      'Scopes',
      'routeAccess',
    ]);
    expect(Object.keys(nestWs)).toEqual(['ClaimsWsAdapter']);
    expect(Object.keys(nestTesting)).toEqual(['ClaimsTestingModule']);
    expect(Object.keys(testing).sort()).toEqual(['LocalLogin', 'LocalPool', 'LocalSigner']);
  });

  it('has users that nobody writes to', () => {
    const write = (user: User): void => {
      // @ts-expect-error: a user is what was verified
      user.subject = 'other';
      // @ts-expect-error: a group is not added after the fact
      user.groups[0] = 'admins';
      // @ts-expect-error: nor a claim
      user.claims['sub'] = 'other';
    };
    expect(write).toBeInstanceOf(Function);
  });
});

describe('the error catalogue', () => {
  it('is the table of the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) +\|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    expect(rows).toEqual(Object.entries(CATALOGUE).map(([code, { status }]) => [code, status]));
  });

  it('has no code that no test raises', async () => {
    const here = new URL('.', import.meta.url);
    const paths = await readdir(here, { recursive: true });
    const tests = paths.filter((path) => /\.spec\.ts$|testdata\/attacks\//.test(path) && path !== 'index.spec.ts');
    const texts = await Promise.all(tests.map((path) => readFile(new URL(path, here), 'utf8')));
    const raised = Object.keys(CATALOGUE).filter((code) => texts.some((text) => text.includes(`'${code}'`)));
    expect(raised).toEqual(Object.keys(CATALOGUE));
  });

  it('says in each message what happened and how to mend it', () => {
    for (const [code, { what, mend }] of Object.entries(CATALOGUE)) {
      const { message } = new ClaimsError(code as keyof typeof CATALOGUE, 'detail');
      expect(message).toBe(`${what}: detail. ${mend}`);
      expect(message).toMatch(/^[A-Zx].*[.)]$/);
    }
  });
});
