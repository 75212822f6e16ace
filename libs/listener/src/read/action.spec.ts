import { describe, expect, it } from '@jest/globals';
import { authenticate, jwt, oidc } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { type ActionContext, readAction } from './action.ts';

const place = { address: 'aws_lb_listener_rule.one', field: 'action.0' };
const context: ActionContext = {
  protocol: 'HTTPS',
  findTargetGroup: (value) => ({ address: value, arn: value, name: value, port: 80, protocol: 'HTTP' }),
};
const read = (written: unknown, position = 0) => readAction(written, position, context, place);
const fixed = (change: object) => ({
  type: 'fixed-response',
  fixed_response: { status_code: '404', content_type: 'text/plain', ...change },
});

describe('readAction', () => {
  it('reads each type of action', () => {
    expect(read(authenticate).action.type).toBe('authenticate-cognito');
    expect(read({ type: 'forward', target_group_arn: 'a' }).action).toEqual({
      type: 'forward',
      targetGroups: [{ arn: 'a', weight: 1 }],
    });
    expect(read(oidc).action.type).toBe('authenticate-oidc');
    expect(read(jwt).action.type).toBe('jwt-validation');
    expect(read({ type: 'redirect', redirect: { status_code: 'HTTP_301', host: 'a.b' } }).action.type).toBe('redirect');
    expect(read(fixed({})).action).toEqual({
      type: 'fixed-response',
      statusCode: 404,
      contentType: 'text/plain',
      messageBody: '',
    });
  });

  it('orders by order, or else by position', () => {
    expect([read(fixed({}), 3).order, read({ ...fixed({}), order: '7' }, 3).order]).toEqual([4, 7]);
  });

  it.each(['authenticate-saml', 'Forward', '${var.type}', 'constructor'])('refuses the type %s', (type) => {
    const error = thrown(() => read({ type, authenticate_oidc: { client_secret: 'hush' } }));
    expect(error).toMatchObject({ code: 'UNKNOWN_ACTION', address: 'aws_lb_listener_rule.one' });
    expect(error.message).not.toContain('hush');
  });

  it.each([
    ['a block of another type', { type: 'forward', target_group_arn: 'a', redirect: {} }, 'UNKNOWN_FIELD'],
    ['no block', { type: 'fixed-response' }, 'INVALID_FIELD'],
    ['no type', { forward: {} }, 'INVALID_FIELD'],
    ['an order of 0', { ...fixed({}), order: 0 }, 'INVALID_FIELD'],
    ['a status of 302', fixed({ status_code: '302' }), 'INVALID_FIELD'],
    ['a status of 600', fixed({ status_code: '600' }), 'INVALID_FIELD'],
    ['another type of content', fixed({ content_type: 'image/png' }), 'INVALID_FIELD'],
    ['a body of 1025 characters', fixed({ message_body: 'a'.repeat(1025) }), 'INVALID_FIELD'],
    ['a body not known yet', fixed({ message_body: '${var.body}' }), 'UNRESOLVED_VALUE'],
    ['an unknown argument', fixed({ headers: {} }), 'UNKNOWN_FIELD'],
  ])('refuses %s', (_, written, code) => {
    expect(thrown(() => read(written)).code).toBe(code);
  });
});
