import { createHmac } from 'node:crypto';
import { Agent } from 'node:https';
import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll } from '@jest/globals';
import { readUserPool } from '../settings/read-user-pool.ts';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { RunningPool } from './running-pool.ts';
import { cognitoStackJson } from './stack.ts';

export const UserPoolId = 'us-east-1_GateHouse';

const flows = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
];

/** A pool with clients for the API: `spa` hides its users, `legacy` does not, `server` has a secret. */
export function apiSettings(pool: object = {}): UserPoolSettings {
  const client = { explicit_auth_flows: flows };
  return readUserPool(
    cognitoStackJson({
      pool: {
        auto_verified_attributes: ['email'],
        mfa_configuration: 'OPTIONAL',
        software_token_mfa_configuration: { enabled: true },
        ...pool,
      },
      more: {
        spa: { ...client, prevent_user_existence_errors: 'ENABLED' },
        legacy: client,
        server: { ...client, generate_secret: true },
        closed: { explicit_auth_flows: ['ALLOW_REFRESH_TOKEN_AUTH'], enable_token_revocation: false },
        jobs: {
          generate_secret: true,
          allowed_oauth_flows_user_pool_client: true,
          allowed_oauth_flows: ['client_credentials'],
          allowed_oauth_scopes: ['https://orders.example/read', 'https://orders.example/write'],
        },
      },
    }),
  );
}

const started: RunningPool[] = [];
afterAll(() => Promise.all(started.map((running) => running.close())));

/** Is closed when the spec is through. */
export async function startApi(pool?: object): Promise<RunningPool> {
  const running = await RunningPool.start(apiSettings(pool));
  started.push(running);
  return running;
}

/** The AWS SDK against a pool. Signs with the administrator's keys unless told otherwise. */
export function sdk(
  { pool, ca }: RunningPool,
  changes: CognitoIdentityProviderClientConfig = {},
): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: pool.apiUrl,
    credentials: pool.administrator,
    requestHandler: { httpsAgent: new Agent({ ca, keepAlive: false }) },
    maxAttempts: 1,
    ...changes,
  });
}

export function secretHash({ pool }: RunningPool, username: string, clientId: string): string {
  return createHmac('sha256', pool.clientSecret(clientId)).update(`${username}${clientId}`).digest('base64');
}

/** The code in the last mail. */
export function mailedCode({ mails }: RunningPool): string {
  return /\b\d{6}\b/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
}
