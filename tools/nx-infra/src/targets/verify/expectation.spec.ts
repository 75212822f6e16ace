import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { callbackOf, readExpectation } from './expectation.ts';
import { WORKSPACE } from './testdata/front-door.ts';

const LONGEST_MS = 120_000;

let root: string;
let prod: SynthesizedStacks;
let local: SynthesizedStacks;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-expectation-'));
  await symlink(join(WORKSPACE, 'stacks'), join(root, 'stacks'));
  prod = (await synthesize({ root, environment: 'prod' })).stacks;
  local = (await synthesize({ root, environment: 'local' })).stacks;
}, LONGEST_MS);
afterAll(() => rm(root, { recursive: true, force: true }));

describe('what is expected', () => {
  it('is what the stacks of an environment say, but for what an apply makes known', () => {
    const expected = readExpectation(prod, {});
    expect(expected).toMatchObject({
      httpPort: 80,
      clientId: undefined,
      scope: 'openid email profile',
      sessionCookieName: 'AWSELBAuthSessionCookie',
      pool: { hostname: 'gatehouse-example.auth.eu-west-1.amazoncognito.com', port: '' },
      paths: { denied: ['/api/gatehouse-verify'], bearer: [], unread: [] },
    });
    expect(expected.paths.open).toContain('/logged-out');
    expect(callbackOf(expected)).toBe('https://app.example.com/oauth2/idpresponse');
  });

  it('is completed by what is applied', () => {
    const applied = { userPoolClientId: '1example23456789', hostedUrl: 'https://login.example.com' };
    expect(readExpectation(prod, { applied })).toMatchObject({
      clientId: '1example23456789',
      pool: { hostname: 'login.example.com', port: '' },
    });
    expect(readExpectation(prod, { applied: {} }).clientId).toBeUndefined();
  });

  it('takes another address, and its callback', () => {
    const expected = readExpectation(prod, { url: new URL('https://New.example.com:444') });
    expect(callbackOf(expected)).toBe('https://new.example.com:444/oauth2/idpresponse');
  });

  it('has the identifiers of this machine where it is served here', () => {
    const expected = readExpectation(local, { applied: { userPoolClientId: 'of-another' } });
    expect(expected.clientId).toMatch(/^[a-z0-9]{26}$/);
    expect(expected.pool).toEqual({ hostname: 'gatehouse-local.auth.localhost', port: undefined });
  });

  it.each([
    ['the stack of the load balancer', 'alb', 'STACK_MISSING'],
    ['the stack of the user pool', 'cognito', 'STACK_MISSING'],
  ])('cannot be read without %s', (_what, stack, code) => {
    const rest = new Map([...prod].filter(([name]) => name !== stack));
    expect(() => readExpectation(rest, {})).toThrow(expect.objectContaining({ code }));
  });

  it('cannot be read where nobody is sent to a login', () => {
    const { alb } = Object.fromEntries(prod);
    if (alb === undefined) throw new Error('no alb');
    const denying = JSON.parse(
      JSON.stringify(alb.terraform).replaceAll('"authenticate","scope"', '"deny","scope"'),
    ) as typeof alb.terraform;
    expect(() => readExpectation(new Map([...prod, ['alb', { ...alb, terraform: denying }]]), {})).toThrow(
      expect.objectContaining({ code: 'RESOURCE_MISSING' }),
    );
  });
});
