import { describe, expect, it } from '@jest/globals';
import { type Answer, type IdentityProvider } from '@gatehouse/listener';
import { describeAnswer } from './describe-answer.ts';

const provider: IdentityProvider = { kind: 'cognito', userPoolArn: 'a', userPoolClientId: 'b', userPoolDomain: 'c' };
const forward = { kind: 'forward', targetGroups: [], transforms: [] } as const;

describe('describeAnswer', () => {
  it.each<[Answer, string]>([
    [{ login: { kind: 'none' }, outcome: forward }, 'open'],
    [{ login: { kind: 'required', provider, otherwise: 'authenticate' }, outcome: forward }, 'login'],
    [{ login: { kind: 'required', provider, otherwise: 'deny' }, outcome: forward }, 'login or 401'],
    [{ login: { kind: 'optional', provider }, outcome: forward }, 'optional login'],
    [{ login: { kind: 'bearer', checkedBy: 'target' }, outcome: forward }, 'bearer token'],
    [{ login: { kind: 'none' }, outcome: { kind: 'no-listener' } }, 'no listener'],
    [{ login: { kind: 'none' }, outcome: { kind: 'unknown' } }, 'unknown'],
    [{ login: { kind: 'none' }, outcome: { kind: 'login-callback' } }, 'end of a login'],
    [
      {
        login: { kind: 'required', provider, otherwise: 'authenticate' },
        outcome: { kind: 'fixed-response', statusCode: 404, contentType: '', messageBody: '' },
      },
      'login, then answer 404',
    ],
    [
      {
        login: { kind: 'none' },
        outcome: { kind: 'redirect', statusCode: 301, protocol: 'HTTPS', host: '', port: '', path: '', query: '' },
      },
      'redirect 301',
    ],
  ])('%#', (answer, text) => {
    expect(describeAnswer(answer)).toBe(text);
  });
});
