import { describe, expect, it } from '@jest/globals';
import { type Action, type Rule } from '../model.ts';
import { cognito, forward, jwt, notFound, oidc, toHttps } from '../testdata/actions.ts';
import { answerOf } from './answer.ts';
import { brief, describeBoth } from './describe.ts';

const answer = (...actions: readonly Action[]) =>
  answerOf({ address: 'rule', priority: 1, conditions: [], actions } satisfies Rule);

describe('brief', () => {
  it.each([
    [answer(forward), 'open'],
    [answer(cognito('authenticate'), forward), 'login'],
    [answer(cognito('deny'), forward), 'login or else 401'],
    [answer(cognito('allow'), forward), 'optional login'],
    [answer(jwt, forward), 'bearer token that the load balancer checks'],
    [answer(oidc, notFound), 'login, then answer 404'],
    [answer(toHttps), 'redirect 301 to HTTPS://#{host}:443/#{path}?#{query}'],
    [answer(), 'unknown'],
    [{ login: { kind: 'none' }, outcome: { kind: 'no-listener' } } as const, 'no listener'],
    [{ login: { kind: 'none' }, outcome: { kind: 'login-callback' } } as const, 'end of a login'],
    [
      { ...answer(forward), login: { kind: 'bearer', checkedBy: 'target' } } as const,
      'bearer token that only the target checks',
    ],
  ])('%#: %s', (one, expected) => {
    expect(brief(one)).toBe(expected);
  });
});

describe('describeBoth', () => {
  it('is brief where that tells them apart', () => {
    expect(describeBoth(answer(forward), answer(oidc, forward))).toEqual(['open', 'login']);
  });

  it('names what differs where it does not', () => {
    const elsewhere = { ...forward, targetGroups: [{ arn: 'arn:other', weight: 9 }] };
    expect(describeBoth(answer(forward), answer(elsewhere))).toEqual([
      'open, forwarded to arn:app',
      'open, forwarded to arn:other (weight 9)',
    ]);
    expect(describeBoth(answer(oidc, forward), answer({ ...oidc, clientId: 'other' }, forward))[1]).toBe(
      'login as client other of https://id.example.com, forwarded to arn:app',
    );
  });

  it('always tells different answers apart', () => {
    const [one, other] = describeBoth(answer(notFound), answer({ ...notFound, messageBody: 'Not here' }));
    expect(one).not.toBe(other);
  });
});
