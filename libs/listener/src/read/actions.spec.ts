import { describe, expect, it } from '@jest/globals';
import { type Listener } from '../model.ts';
import { authenticate, forward } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readActions } from './actions.ts';

const fixed = { type: 'fixed-response', fixed_response: { status_code: '404', content_type: 'text/plain' } };

function read(written: readonly unknown[], protocol: Listener['protocol'] = 'HTTPS') {
  const findTargetGroup = (arn: string) => ({ address: arn, arn, name: arn, port: 80, protocol: 'HTTP' }) as const;
  return readActions(written, 'action', { protocol, findTargetGroup }, 'rule').map(({ type }) => type);
}

describe('readActions', () => {
  it('puts the login before the target, by order', () => {
    expect(read([authenticate, forward])).toEqual(['authenticate-cognito', 'forward']);
    expect(
      read([
        { ...forward, order: 50_000 },
        { ...authenticate, order: 100 },
      ]),
    ).toEqual(['authenticate-cognito', 'forward']);
  });

  it('accepts one routing action on an HTTP listener', () => {
    expect(read([forward], 'HTTP')).toEqual(['forward']);
  });

  it.each([
    ['no routing action', [authenticate], 'ROUTING_ACTION_MISPLACED'],
    ['two routing actions', [forward, fixed], 'ROUTING_ACTION_MISPLACED'],
    ['a login after the target', [forward, authenticate], 'ROUTING_ACTION_MISPLACED'],
    [
      'a login that its order puts after the target',
      [
        { ...authenticate, order: 2 },
        { ...forward, order: 1 },
      ],
      'ROUTING_ACTION_MISPLACED',
    ],
    [
      'two of the same order',
      [
        { ...authenticate, order: 1 },
        { ...forward, order: 1 },
      ],
      'DUPLICATE_ORDER',
    ],
    ['an order that is the position of another', [authenticate, { ...forward, order: 1 }], 'DUPLICATE_ORDER'],
    ['two logins', [authenticate, authenticate, forward], 'UNSUPPORTED_FEATURE'],
  ])('refuses %s', (_, written, code) => {
    expect(thrown(() => read(written))).toMatchObject({ code, address: 'rule' });
  });

  it('refuses a login on an HTTP listener', () => {
    expect(thrown(() => read([authenticate, forward], 'HTTP')).code).toBe('AUTHENTICATION_ON_HTTP');
  });
});
