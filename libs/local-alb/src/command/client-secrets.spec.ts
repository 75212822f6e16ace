import { describe, expect, it } from '@jest/globals';
import { type Action } from '@gatehouse/listener';

import {
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  oidcAction,
  rule,
} from '../testdata/load-balancer.ts';
import { clientSecrets, type SecretSources } from './client-secrets.ts';
import { clientKey } from './configured-secrets.ts';

const behind = (...actions: readonly Action[]) =>
  loadBalancer([httpsListener(...actions.map((action, index) => rule(index + 1, [action, forwardAction])))]);
const sources = (
  environment: string | undefined,
  configured: Readonly<Record<string, string>> = {},
): SecretSources => ({
  options: { oidcSecretFiles: new Map() },
  environment: { GATEHOUSE_ALB_CLIENT_SECRET: environment },
  configured: new Map(Object.entries(configured)),
});
const known = { [clientKey(oidcAction)]: 'configured' };
const elsewhere = { ...oidcAction, tokenEndpoint: 'https://other.example.com/token' };

describe('clientSecrets', () => {
  it('gives the one that is given to the one client there is, before what the configuration says', async () => {
    const { cognito, of } = await clientSecrets(behind(oidcAction, oidcAction), sources('given', known));
    expect([cognito, of(oidcAction), of(elsewhere)]).toEqual(['', 'given', undefined]);
    expect((await clientSecrets(behind(authenticateAction), sources('given'))).cognito).toBe('given');
    expect((await clientSecrets(behind(oidcAction), sources(undefined, known))).of(oidcAction)).toBe('configured');
  });

  it('shows no provider what is for another', async () => {
    const both = await clientSecrets(behind(authenticateAction, oidcAction), sources('given', known));
    expect([both.cognito, both.of(oidcAction)]).toEqual(['given', 'configured']);
    for (const actions of [
      [authenticateAction, oidcAction],
      [oidcAction, elsewhere],
    ]) {
      await expect(clientSecrets(behind(...actions), sources('given'))).rejects.toMatchObject({
        code: 'OPTION_INVALID',
      });
    }
  });

  it('refuses a file for a client of two providers', async () => {
    const options = { oidcSecretFiles: new Map([['client1', '/nonexistent']]) };
    const asked = clientSecrets(behind(oidcAction, elsewhere), { ...sources(undefined, known), options });
    await expect(asked).rejects.toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining('several') });
  });

  it('asks for what is missing, and for nothing where nobody signs in', async () => {
    await expect(clientSecrets(behind(oidcAction), sources(''))).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    expect((await clientSecrets(loadBalancer([]), sources(undefined))).cognito).toBe('');
  });
});
