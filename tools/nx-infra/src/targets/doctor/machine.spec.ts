import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { certificateFinding, dockerFinding, lockFinding, nodeFinding } from './machine.ts';

describe('nodeFinding', () => {
  it.each([
    ['v20.20.2', 'ok'],
    ['v18.0.0', 'failed'],
  ])('of %s', (version, state) => {
    expect(nodeFinding(version).state).toBe(state);
  });
});

describe('lockFinding', () => {
  it('warns where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-lock-'));
    const file = join(folder, '.terraform.lock.hcl');
    expect(lockFinding(file)).toMatchObject({ state: 'warning', mend: expect.any(String) });
    writeFileSync(file, '');
    expect(lockFinding(file).state).toBe('ok');
    rmSync(folder, { recursive: true });
  });
});

describe('dockerFinding', () => {
  it.each([
    ['that answers', { code: 0, stdout: '27.0.1\n', stderr: '' }, 'ok'],
    ['whose server is down', { code: 1, stdout: '\n', stderr: 'Cannot connect' }, 'warning'],
  ])('of one %s', async (_case, answer, state) => {
    expect((await dockerFinding(() => Promise.resolve(answer), '/')).state).toBe(state);
  });

  it('of a machine without', async () => {
    const finding = await dockerFinding(() => Promise.reject(new Error('ENOENT')), '/');
    expect(finding).toMatchObject({ state: 'warning', mend: expect.stringContaining('https://') });
  });
});

describe('certificateFinding', () => {
  const needs = (certificate: string | undefined) => ({
    region: 'eu-west-1',
    account: undefined,
    bucket: undefined,
    zone: undefined,
    certificate,
  });
  const arn = (region: string) => `arn:aws:acm:${region}:222222222222:certificate/1`;

  it.each([
    [arn('eu-west-1'), 'ok'],
    [arn('us-east-1'), 'failed'],
  ])('of %s', (certificate, state) => {
    expect(certificateFinding(needs(certificate))?.state).toBe(state);
  });

  it('of none', () => {
    expect(certificateFinding(needs(undefined))).toBeUndefined();
  });
});
