import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Action, type FixedResponseAction, type Listener } from '../model.ts';
import { readAuthenticateCognito } from './authenticate-cognito.ts';
import { readAuthenticateOidc } from './authenticate-oidc.ts';
import { block, integer, literal, parse, type Place, unread } from './field.ts';
import { type FindTargetGroup, readForward } from './forward.ts';
import { readJwtValidation } from './jwt-validation.ts';
import { readRedirect } from './redirect.ts';

/** What an action is read against. */
export interface ActionContext {
  readonly protocol: Listener['protocol'];
  readonly findTargetGroup: FindTargetGroup;
}

/** Source: ELBv2 API, FixedResponseActionConfig. */
const fixedResponse = block(
  z.strictObject({
    status_code: integer(200, 599).refine((status) => status < 300 || status >= 400, 'expected 2XX, 4XX or 5XX'),
    content_type: z.enum(['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json']),
    message_body: literal.pipe(z.string().max(1024)).default(''),
  }),
);

const envelope = z.looseObject({ type: z.string(), order: integer(1, 50_000).optional() });

/** The arguments that belong to each type, their content still unread; a block of another type is an unknown one. */
const bodies = {
  'authenticate-cognito': z.strictObject(unread('type', 'order', 'authenticate_cognito')),
  'authenticate-oidc': z.strictObject(unread('type', 'order', 'authenticate_oidc')),
  'jwt-validation': z.strictObject(unread('type', 'order', 'jwt_validation')),
  forward: z.strictObject(unread('type', 'order', 'forward', 'target_group_arn')),
  redirect: z.strictObject(unread('type', 'order', 'redirect')),
  'fixed-response': z.strictObject(unread('type', 'order', 'fixed_response')),
} as const;

/** An action, and its place in the order of execution. */
export interface OrderedAction {
  readonly order: number;
  readonly action: Action;
}

/**
 * One `action` or `default_action` block.
 *
 * @param position its place among the rule's blocks from 0, which orders it when it has no `order` of its own, as in the
 * AWS provider (internal/service/elbv2/listener.go, expandLbListenerActions)
 * @throws ListenerError `UNKNOWN_ACTION`, and what its block throws
 */
export function readAction(
  written: unknown,
  position: number,
  context: ActionContext,
  place: Required<Place>,
): OrderedAction {
  const { type, order } = parse(envelope, written, place);
  return { order: order ?? position + 1, action: readBody(type, written, context, place) };
}

function readBody(type: string, written: unknown, context: ActionContext, place: Required<Place>): Action {
  const inner = (name: string): Place => ({ address: place.address, field: `${place.field}.${name}` });
  switch (type) {
    case 'authenticate-cognito':
      return readAuthenticateCognito(
        parse(bodies[type], written, place).authenticate_cognito,
        inner('authenticate_cognito'),
      );
    case 'authenticate-oidc':
      return readAuthenticateOidc(parse(bodies[type], written, place).authenticate_oidc, inner('authenticate_oidc'));
    case 'jwt-validation':
      return readJwtValidation(parse(bodies[type], written, place).jwt_validation, inner('jwt_validation'));
    case 'forward':
      return readForward(parse(bodies[type], written, place), context.findTargetGroup, place);
    case 'redirect':
      return readRedirect(parse(bodies[type], written, place).redirect, context.protocol, inner('redirect'));
    case 'fixed-response':
      return readFixedResponse(parse(bodies[type], written, place).fixed_response, inner('fixed_response'));
    default:
      throw new ListenerError('UNKNOWN_ACTION', place.address, {
        ...place,
        what: `The action type "${type}" is not known here`,
        why: 'Whether it lets a request through, and to whom, cannot be told',
        mend: `Use ${Object.keys(bodies).join(', ')}`,
      });
  }
}

function readFixedResponse(written: unknown, place: Place): FixedResponseAction {
  const read = parse(fixedResponse, written, place);
  return {
    type: 'fixed-response',
    statusCode: read.status_code,
    contentType: read.content_type,
    messageBody: read.message_body,
  };
}
