import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { connectUserPool } from './connect-user-pool.ts';

const poolId = 'eu-central-1_AbCdEfGhI';
const asked: { readonly target: unknown; readonly authorization: unknown; readonly body: unknown }[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    const { 'x-amz-target': target, authorization } = request.headers;
    asked.push({ target, authorization, body: JSON.parse(body) });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end('{}');
  });
});
const variables = ['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const before = variables.map((name) => process.env[name]);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const values = [`http://127.0.0.1:${port}`, 'AKIDEXAMPLE', 'c4n4ry'];
  variables.forEach((name, index) => (process.env[name] = values[index]));
});
afterAll(() => {
  variables.forEach((name, index) => {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  });
  server.closeAllConnections();
  server.close();
});

describe('connectUserPool', () => {
  it('asks what the SDK is told to ask, signed for the region of the pool', async () => {
    await connectUserPool(poolId).adminDisableUser({ UserPoolId: poolId, Username: 'ada' });
    expect(asked.at(-1)).toEqual({
      target: 'AWSCognitoIdentityProviderService.AdminDisableUser',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/cognito-idp\//,
      ),
      body: { UserPoolId: poolId, Username: 'ada' },
    });
    expect(JSON.stringify(asked)).not.toContain('c4n4ry');
  });

  it('has one function for each action that the documentation names, which is what the role allows', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../../docs/reference/user-administration.md'), 'utf8');
    const documented = [...page.matchAll(/`cognito-idp:([A-Za-z]+)`/g)].map(([, action]) => action);
    const api = connectUserPool(poolId) as unknown as Readonly<Record<string, (input: object) => Promise<unknown>>>;
    const sent: string[] = [];
    for (const [name, call] of Object.entries(api)) {
      await call({ UserPoolId: poolId, Username: 'ada', GroupName: 'users' });
      const operation = String(asked.at(-1)?.target).split('.')[1] ?? '';
      expect(operation.toLowerCase()).toBe(name.toLowerCase());
      sent.push(operation);
    }
    expect(sent.sort()).toEqual([...new Set(documented)].sort());
  });
});
