import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

import { type WorkspaceCopy } from './workspace-copy.ts';

/** The AWS SDK as an administrator of the served user pool has it: beside the application, which hears of nothing. */
export async function poolAdministrator(copy: WorkspaceCopy): Promise<CognitoIdentityProviderClient> {
  const state = join(copy.root, '.gatehouse', 'local');
  const [keys, ca] = await Promise.all([
    readFile(join(state, 'user-pool', 'administrator.json'), 'utf8'),
    readFile(join(state, 'certificate', 'ca.pem'), 'utf8'),
  ]);
  const { accessKeyId, secretAccessKey } = JSON.parse(keys) as Readonly<Record<string, string>>;
  return new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: `https://localhost:${copy.poolPort}`,
    credentials: { accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' },
    requestHandler: { httpsAgent: new Agent({ ca }) },
  });
}
