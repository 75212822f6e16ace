import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { requireSignature } from './signature.ts';

const administrator = { accessKeyId: 'LOCAL0123456789ABCDE', secretAccessKey: 'secret' };
const region = 'us-east-1';
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const body = Buffer.from('{"UserPoolId":"us-east-1_A"}');
const names = ['content-type', 'host', 'x-amz-date', 'x-amz-target'];

/** Signature Version 4 by hand, from the AWS General Reference: another maker than the one that checks. */
function signed(changes: Readonly<Record<string, string>> = {}, signedNames = names): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    host: 'localhost:8444',
    'x-amz-date': '20260102T030405Z',
    'x-amz-target': 'AWSCognitoIdentityProviderService.ListUsers',
    ...changes,
  };
  const hash = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
  const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();
  const lines = signedNames.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${signedNames.join(';')}\n${hash(body)}`;
  const scope = `20260102/${region}/cognito-idp/aws4_request`;
  const input = `AWS4-HMAC-SHA256\n${headers['x-amz-date'] ?? ''}\n${scope}\n${hash(canonical)}`;
  const key = ['20260102', region, 'cognito-idp', 'aws4_request'].reduce(
    (secret: Buffer | string, part) => hmac(secret, part),
    `AWS4${administrator.secretAccessKey}`,
  );
  const signature = hmac(key, input).toString('hex');
  const credential = `${administrator.accessKeyId}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedNames.join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
}

function check(headers: Record<string, string>, changes: { body?: Buffer; now?: number } = {}): Promise<void> {
  return requireSignature({ headers, body: changes.body ?? body }, { administrator, region, now: changes.now ?? now });
}

describe('requireSignature', () => {
  it('takes what the administrator signed', async () => {
    await expect(check(signed())).resolves.toBeUndefined();
    await expect(check(signed(), { now: now + 299_000 })).resolves.toBeUndefined();
  });

  it.each([
    ['another body', signed(), { body: Buffer.from('{}') }, 'InvalidSignatureException'],
    ['another operation', { ...signed(), 'x-amz-target': 'X.AdminDeleteUser' }, {}, 'InvalidSignatureException'],
    ['another host', { ...signed(), host: 'localhost:1' }, {}, 'InvalidSignatureException'],
    ['a later time', signed(), { now: now + 301_000 }, 'InvalidSignatureException'],
    ['an earlier time', signed(), { now: now - 301_000 }, 'InvalidSignatureException'],
    ['an unsigned target', signed({}, ['host', 'x-amz-date']), {}, 'IncompleteSignatureException'],
    ['an unsigned host', signed({}, ['x-amz-date', 'x-amz-target']), {}, 'IncompleteSignatureException'],
    ['no date', signed({ 'x-amz-date': '' }), {}, 'InvalidSignatureException'],
    ['a date that is none', signed({ 'x-amz-date': '20269999T999999Z' }), {}, 'InvalidSignatureException'],
    ['nonsense', { ...signed(), authorization: 'Bearer x' }, {}, 'IncompleteSignatureException'],
    [
      'half a signature',
      { ...signed(), authorization: signed()['authorization']?.slice(0, -1) ?? '' },
      {},
      'IncompleteSignatureException',
    ],
  ])('does not take it for %s', async (_, headers, changes, code) => {
    await expect(check(headers, changes)).rejects.toThrow(expect.objectContaining({ code }));
  });
});
