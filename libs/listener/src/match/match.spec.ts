import { describe, expect, it } from '@jest/globals';
import { type Listener } from '../model.ts';
import { cognito, forward } from '../testdata/actions.ts';
import { listenerOf, request } from '../testdata/requests.ts';
import { thrown } from '../testdata/thrown.ts';
import { callbackPath } from './login-callback.ts';
import { match } from './match.ts';

function withDefault(...actions: Listener['rules'][number]['actions']): Listener {
  const listener = listenerOf([{ field: 'path-pattern', values: ['/oauth2/*'] }]);
  return { ...listener, rules: listener.rules.map((rule) => ({ ...rule, actions })) };
}

describe('match', () => {
  it('gives the rule and what it does', () => {
    expect(match(withDefault(cognito('deny'), forward), request())).toMatchObject({
      rule: { address: 'listener' },
      answer: { login: { kind: 'required' }, outcome: { kind: 'forward' } },
    });
  });

  it('takes the end of a login before any rule, where there is a login', () => {
    const end = request({ path: callbackPath, query: 'code=1&state=2' });
    expect(match(withDefault(cognito('allow'), forward), end)).toMatchObject({
      rule: undefined,
      answer: { outcome: { kind: 'login-callback' } },
    });
    expect(match(withDefault(forward), end).rule?.address).toBe('rule.0');
    expect(match(withDefault(cognito('allow'), forward), { ...end, path: `${callbackPath}/` }).rule?.address).toBe(
      'rule.0',
    );
  });

  it('does not go past a rule that could not be read', () => {
    const listener = withDefault(forward);
    const rules = listener.rules.map((rule) => ({ ...rule, unread: ['what'] }));
    expect(thrown(() => match({ ...listener, rules }, request()))).toMatchObject({
      code: 'RULE_NOT_READ',
      address: 'rule.0',
    });
  });
});
