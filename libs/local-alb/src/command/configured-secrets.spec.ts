import { describe, expect, it } from '@jest/globals';

import { oidcAction } from '../testdata/load-balancer.ts';
import { clientKey, configuredSecrets } from './configured-secrets.ts';

const block = (secret: unknown, clientId = oidcAction.clientId): unknown => ({
  issuer: oidcAction.issuer,
  token_endpoint: oidcAction.tokenEndpoint,
  client_id: clientId,
  client_secret: secret,
});
const rule = (...blocks: readonly unknown[]): unknown => ({
  values: { action: blocks.map((one) => ({ type: 'authenticate-oidc', authenticate_oidc: [one] })) },
});
const modules = (...resources: readonly unknown[]): unknown => ({ root_module: { child_modules: [{ resources }] } });
const secretOf = (document: Readonly<Record<string, unknown>>): string | undefined =>
  configuredSecrets(document).get(clientKey(oidcAction));

describe('configuredSecrets', () => {
  it('are those that a plan leads to, never those of before', () => {
    const prior_state = { values: modules(rule(block('before'))) };
    expect(secretOf({ planned_values: modules(rule(block('hush'))), prior_state })).toBe('hush');
    expect(secretOf({ planned_values: modules(rule(block(undefined))), prior_state })).toBeUndefined();
  });

  it('are those of a state, shown or stored, whatever characters they have', () => {
    expect(secretOf({ values: modules(rule(block('a${b}'))) })).toBe('a${b}');
    const attributes = { default_action: [{ authenticate_oidc: [block('hush')] }] };
    expect(secretOf({ version: 4, resources: [{ instances: [{ attributes }] }] })).toBe('hush');
  });

  it('are those of a configuration that are no templates', () => {
    const listener = (secret: string): Readonly<Record<string, unknown>> => ({
      resource: { aws_lb_listener: { https: { default_action: [{ authenticate_oidc: block(secret) }] } } },
    });
    expect(secretOf(listener('hush'))).toBe('hush');
    for (const template of ['${var.secret}', 'x%{ if a }', '$${x}'])
      expect(secretOf(listener(template))).toBeUndefined();
  });

  it('are not those that are said in two ways, or are nothing', () => {
    expect(secretOf({ values: modules(rule(block('one')), rule(block('two')), rule(block('one'))) })).toBeUndefined();
    expect(secretOf({ values: modules(rule(block('one')), rule(block('one'), 'other'), rule(block('one'))) })).toBe(
      'one',
    );
    for (const none of ['', null, 1, { constant_value: 'x' }]) {
      expect(secretOf({ values: modules(rule(block(none), null, 'text')) })).toBeUndefined();
    }
    expect(secretOf({})).toBeUndefined();
  });
});
