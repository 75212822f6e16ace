import { request } from 'node:https';
import { type OutgoingHttpHeaders } from 'node:http';
import { AdminGetUserCommand, CreateGroupCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { type RunningPool } from '../testdata/running-pool.ts';
import { operations } from './operations.ts';

let running: RunningPool;
beforeAll(async () => {
  running = await startApi();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

function post(operation: string, body: string, headers: OutgoingHttpHeaders = {}, method = 'POST'): Promise<Answer> {
  const defaults = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
  return new Promise((resolve, reject) => {
    const options = {
      method,
      ca: running.ca,
      agent: false as const,
      // The name in the certificate, whatever the Host header says.
      servername: 'localhost',
      headers: { ...defaults, ...headers },
    };
    const sent = request(running.pool.apiUrl, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: json });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the API', () => {
  it.each([...operations].filter(([, { access }]) => access === 'administrator').map(([name]) => [name]))(
    'does not do %s unsigned',
    async (name) => {
      const { status, body } = await post(name, JSON.stringify({ UserPoolId, Username: 'ada' }));
      expect([status, body]).toEqual([
        400,
        { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
      ]);
    },
  );

  it.each([
    ['another key', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }, 'UnrecognizedClientException'],
    ['another secret', { secretAccessKey: 'x' }, 'InvalidSignatureException'],
  ])('takes no signature of %s', async (_, changes, name) => {
    const credentials = { ...running.pool.administrator, ...changes };
    const sending = sdk(running, { credentials }).send(new AdminGetUserCommand({ UserPoolId, Username: 'ada' }));
    await expect(sending).rejects.toThrow(expect.objectContaining({ name }));
  });

  it('takes no signature for another region', async () => {
    const sending = sdk(running, { region: 'eu-west-1' }).send(new ListUsersCommand({ UserPoolId }));
    await expect(sending).rejects.toThrow(expect.objectContaining({ name: 'InvalidSignatureException' }));
  });

  it('answers an operation that is not there as AWS does', async () => {
    const sending = sdk(running).send(new CreateGroupCommand({ UserPoolId, GroupName: 'x' }));
    await expect(sending).rejects.toThrow(expect.objectContaining({ name: 'UnknownOperationException' }));
    for (const name of ['constructor', '', '__proto__', 'toString']) {
      expect((await post(name, '{}')).body['__type']).toBe('UnknownOperationException');
    }
  });

  it.each([
    ['a form', { 'content-type': 'text/plain' }, 'UnknownOperationException'],
    [
      'a form with the type in a parameter',
      { 'content-type': 'text/plain; application/x-amz-json-1.1' },
      'UnknownOperationException',
    ],
    ['no target', { 'x-amz-target': '' }, 'UnknownOperationException'],
    ['a name that was made to point here', { host: 'evil.example' }, 'AccessDeniedException'],
  ])('does nothing for a page of another site: %s', async (_, headers, type) => {
    const { status, body } = await post('InitiateAuth', '{}', headers);
    expect([status, body['__type']]).toEqual([400, type]);
  });

  it('answers no browser that asks whether it may', async () => {
    const answer = await post('InitiateAuth', '', { origin: 'https://evil.example' }, 'OPTIONS');
    expect(answer.status).toBe(404);
    const posted = await post('InitiateAuth', '{}', { origin: 'https://evil.example' });
    for (const { headers } of [answer, posted]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each([
    ['{', 'SerializationException'],
    [`{"ClientId":"${'x'.repeat(300_000)}"}`, 'SerializationException'],
    ['[]', 'InvalidParameterException'],
    ['null', 'InvalidParameterException'],
    ['{"ClientId":1}', 'InvalidParameterException'],
    ['{"ClientId":"spa","AuthFlow":"toString"}', 'InvalidParameterException'],
    [
      '{"ClientId":"spa","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"__proto__":{}}}',
      'InvalidParameterException',
    ],
  ])('refuses the body %.60s', async (body, type) => {
    expect((await post('InitiateAuth', body)).body['__type']).toBe(type);
  });

  it('quotes no password', async () => {
    const broken = await post('SignUp', '{"Password":"canary-password"');
    const wrong = await post('SignUp', '{"ClientId":"spa","Username":"x","Password":["canary-password"]}');
    expect(JSON.stringify([broken, wrong, running.log])).not.toContain('canary');
    expect(wrong.body['message']).toContain("Value at 'password'");
  });

  it('says what is missing, as AWS says it', async () => {
    expect((await post('InitiateAuth', '{"AuthFlow":"USER_PASSWORD_AUTH"}')).body).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: Member must not be null",
    });
  });
});
