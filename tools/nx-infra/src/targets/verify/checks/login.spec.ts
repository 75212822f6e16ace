import { describe, expect, it } from '@jest/globals';

import { type Answer } from '../answer.ts';
import { type Expectation } from '../expectation.ts';
import { redirectFindings } from './login.ts';

const expected: Expectation = {
  origin: new URL('https://app.example.com'),
  httpPort: 80,
  signer: 'arn',
  clientId: undefined,
  scope: 'openid',
  extraParams: { prompt: 'login' },
  sessionCookieName: 'S',
  pool: { hostname: 'pool.example', port: '' },
  paths: { open: [], denied: [], bearer: [], unread: [], isOpen: () => false },
};
const PARAMETERS: Readonly<Record<string, string>> = {
  client_id: '1example23456789',
  redirect_uri: 'https://app.example.com/oauth2/idpresponse',
  response_type: 'code',
  scope: 'openid',
  state: 'a'.repeat(200),
  prompt: 'login',
};

function answer(parameters: Readonly<Record<string, string>>, more = ''): Answer {
  const location = `https://pool.example/oauth2/authorize?${new URLSearchParams(parameters)}${more}`;
  return { url: new URL('https://app.example.com/'), status: 302, headers: [['location', location]], body: '' };
}

const told = (given: Answer, clientId?: string): readonly string[] =>
  redirectFindings(given, { ...expected, clientId }).map(({ check, state }) => `${check}: ${state}`);

describe('the login redirect', () => {
  it('is right with the client that was applied', () => {
    expect(told(answer(PARAMETERS), '1example23456789')).toEqual(['login: ok']);
  });

  it('is looked at by its form where the client is not known', () => {
    expect(told(answer(PARAMETERS))).toEqual(['login: ok', 'app client: warning']);
    expect(told(answer({ ...PARAMETERS, client_id: '${x}' }))).toEqual(['login: ok', 'app client: failed']);
  });

  it.each(Object.keys(PARAMETERS))('is wrong without %s, with another and with two', (name) => {
    const rest = Object.fromEntries(Object.entries(PARAMETERS).filter(([each]) => each !== name));
    for (const given of [answer(rest), answer({ ...PARAMETERS, [name]: 'x' }), answer(PARAMETERS, `&${name}=y`)]) {
      expect(told(given, '1example23456789')).toEqual(['login: failed']);
    }
  });

  it.each([
    ['another path of the pool', 'https://pool.example/login'],
    ['the application', 'https://app.example.com/login'],
  ])('is wrong where it leads to %s', (_where, location) => {
    expect(told({ ...answer(PARAMETERS), headers: [['location', location]] }, 'x')).toEqual(['login: failed']);
  });

  it('cannot steer a terminal', () => {
    const [finding] = redirectFindings(answer({ ...PARAMETERS, scope: '\u001b[2J' }), {
      ...expected,
      clientId: '1example23456789',
    });
    expect(finding?.message).toContain('?[2J');
  });
});
