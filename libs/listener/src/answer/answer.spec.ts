import { describe, expect, it } from '@jest/globals';
import { type Action, type Rule } from '../model.ts';
import { cognito, forward, jwt, notFound, oidc, toHttps } from '../testdata/actions.ts';
import { answerKey, answerOf, isOpen } from './answer.ts';

const rule = (actions: readonly Action[], changes: Partial<Rule> = {}): Rule => ({
  address: 'rule',
  priority: 1,
  conditions: [],
  actions,
  ...changes,
});

describe('answerOf', () => {
  it.each([
    [[forward], 'none', 'forward', true],
    [[cognito('authenticate'), forward], 'required', 'forward', false],
    [[cognito('deny'), forward], 'required', 'forward', false],
    [[cognito('allow'), forward], 'optional', 'forward', true],
    [[oidc, forward], 'required', 'forward', false],
    [[jwt, forward], 'bearer', 'forward', false],
    [[toHttps], 'none', 'redirect', false],
    [[notFound], 'none', 'fixed-response', false],
    [[cognito('allow'), notFound], 'optional', 'fixed-response', false],
  ] as const)('of %j: login %s, then %s; open: %s', (actions, login, outcome, open) => {
    const answer = answerOf(rule(actions));
    expect([answer.login.kind, answer.outcome.kind, isOpen(answer)]).toEqual([login, outcome, open]);
  });

  it('names who identifies, and as which client', () => {
    expect(answerOf(rule([cognito('deny'), forward])).login).toEqual({
      kind: 'required',
      otherwise: 'deny',
      provider: {
        kind: 'cognito',
        userPoolArn: 'arn:pool',
        userPoolClientId: 'client',
        userPoolDomain: 'shop',
      },
    });
    expect(answerOf(rule([oidc, forward])).login).toMatchObject({
      provider: { kind: 'oidc', issuer: 'https://id.example.com', clientId: 'client' },
    });
  });

  it('tells a bearer token that the load balancer checks from one that the target has to', () => {
    const bearer = { field: 'http-header', name: 'Authorization', values: ['Bearer *'] } as const;
    expect(answerOf(rule([jwt, forward])).login).toMatchObject({ checkedBy: 'load-balancer', issuer: jwt.issuer });
    const asked = answerOf(rule([forward], { conditions: [bearer] }));
    expect(asked.login).toEqual({ kind: 'bearer', checkedBy: 'target' });
    expect(isOpen(asked)).toBe(true);
    expect(answerOf(rule([oidc, forward], { conditions: [bearer] })).login.kind).toBe('required');
  });

  it.each([
    ['was not read', [forward], ['what']],
    ['has no action', [], undefined],
    ['routes before it authenticates', [forward, oidc], undefined],
    ['authenticates twice', [oidc, jwt, forward], undefined],
  ] as const)('is unknown, and so open, of a rule that %s', (_, actions, unread) => {
    const answer = answerOf(rule(actions, unread === undefined ? {} : { unread }));
    expect([answer.outcome.kind, isOpen(answer)]).toEqual(['unknown', true]);
  });

  it('has what is rewritten', () => {
    const transforms = [{ type: 'url-rewrite', regex: '^/a', replace: '/b' }] as const;
    expect(answerOf(rule([forward], { transforms })).outcome).toMatchObject({ transforms });
  });
});

describe('answerKey', () => {
  it('is equal for equal answers, however they are written', () => {
    const { login, outcome } = answerOf(rule([oidc, forward]));
    expect(answerKey({ outcome, login })).toBe(answerKey({ login, outcome }));
    expect(answerKey(answerOf(rule([forward])))).not.toBe(answerKey({ login, outcome }));
  });
});
