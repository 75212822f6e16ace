import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { application, SETTINGS } from '../application.ts';
import { local } from '../environments/local.ts';
import { applicationSettings, containerDefinitions, type ContainerProps } from './container.ts';

const props: ContainerProps = {
  environment: local,
  image: '${data.terraform_remote_state.ecr.outputs.repositoryUrl}@${var.image_digest}',
  logGroupName: '/gatehouse/local/auth',
  alb: { loadBalancerArn: 'arn:alb', publicUrl: 'https://app.localhost:8443' },
  pool: {
    issuer: 'https://issuer',
    userPoolId: 'us-east-1_Pool',
    userPoolClientId: 'client',
    machineClientId: 'machine',
    jwksUrl: 'https://jwks',
    hostedUrl: 'https://hosted',
  },
};

/** The exit code of the health check against a server that answers with the status, or against none. */
async function exitOf(script: string, status: number | undefined): Promise<number> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(status ?? 500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  if (status === undefined) await close();
  const here = script.replace(`:${application.containerPort}/`, `:${port}/`);
  const code = await new Promise<number>((resolve) => {
    execFile(process.execPath, ['-e', here], (error) => resolve(typeof error?.code === 'number' ? error.code : 0));
  });
  if (status !== undefined) {
    await close();
    expect(asked).toEqual([application.livePath]);
  }
  return code;
}

describe('applicationSettings', () => {
  it('says everything that the application must know about who may speak to it', () => {
    expect(applicationSettings(props)).toEqual({
      HOST: '0.0.0.0',
      PORT: '3000',
      PUBLIC_URL: 'https://app.localhost:8443',
      ALB_ARN: 'arn:alb',
      ALB_PUBLIC_KEYS_URL: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
      COGNITO_ISSUER: 'https://issuer',
      COGNITO_CLIENT_ID: 'client',
      COGNITO_JWKS_URL: 'https://jwks',
      COGNITO_HOSTED_URL: 'https://hosted',
      SESSION_COOKIE_NAME: 'AWSELBAuthSessionCookie',
      SESSION_TIMEOUT_SECONDS: '3600',
      COGNITO_USER_POOL_ID: 'us-east-1_Pool',
      DRAIN_SECONDS: '30',
    });
  });
});

describe('the settings', () => {
  it('name the clients of bearer tokens where there are machines, and nobody otherwise', () => {
    const machines = { scopes: ['read'], paths: ['/api/*'] };
    expect(applicationSettings(props)).not.toHaveProperty('BEARER_CLIENT_IDS');
    expect(applicationSettings({ ...props, environment: { ...local, machines } })).toMatchObject({
      BEARER_CLIENT_IDS: 'machine',
    });
  });

  it('name the pool to administer where the environment wants that, and none otherwise', () => {
    const login = { ...local.login, userAdministration: false };
    expect(applicationSettings(props)).toHaveProperty('COGNITO_USER_POOL_ID', 'us-east-1_Pool');
    expect(applicationSettings({ ...props, environment: { ...local, login } })).not.toHaveProperty(
      'COGNITO_USER_POOL_ID',
    );
  });

  it('are the names that no secret may have', () => {
    const machines = { scopes: ['read'], paths: ['/api/*'] };
    const names = Object.keys(applicationSettings({ ...props, environment: { ...local, machines } }));
    expect([...names].sort()).toEqual([...SETTINGS].sort());
  });
});

describe('containerDefinitions', () => {
  const container = (service: Partial<typeof local.service>) => {
    const environment = { ...local, service: { ...local.service, ...service } };
    const [only] = JSON.parse(containerDefinitions({ ...props, environment })) as readonly Record<string, unknown>[];
    return only;
  };

  it('gets its secrets by name, never by value', () => {
    const arn = 'arn:aws:ssm:us-east-1:000000000000:parameter/url';
    expect(container({})).not.toHaveProperty('secrets');
    expect(container({ secrets: [{ variable: 'DATABASE_URL', arn }] })?.['secrets']).toEqual([
      { name: 'DATABASE_URL', valueFrom: arn },
    ]);
  });

  it('can be written to only where people may open a shell in it', () => {
    expect(container({ exec: true })).toMatchObject({ readonlyRootFilesystem: false });
  });

  it('may take longer to end than it drains, as long as the load balancer does, and no longer than Fargate waits', () => {
    const stopTimeout = Number(container({})?.['stopTimeout']);
    expect(applicationSettings(props)['DRAIN_SECONDS']).toBe(`${application.drainSeconds}`);
    expect(stopTimeout).toBeGreaterThan(application.drainSeconds);
    expect(stopTimeout).toBeLessThanOrEqual(120);
  });

  it('is asked for its health without a shell, by a program that says yes and no', async () => {
    const { command } = container({})?.['healthCheck'] as { readonly command: readonly string[] };
    const [kind, , , script = ''] = command;
    expect(kind).toBe('CMD');
    expect(script).not.toContain('$');
    for (const [status, code] of [
      [200, 0],
      [503, 1],
    ] as const) {
      expect(await exitOf(script, status)).toBe(code);
    }
    expect(await exitOf(script, undefined)).toBe(1);
  });

  it('is JSON of one container that can write nothing and gain nothing', () => {
    expect(JSON.parse(containerDefinitions(props))).toEqual([
      expect.objectContaining({
        name: 'auth',
        image: props.image,
        essential: true,
        user: '1000:1000',
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
      }),
    ]);
  });
});
