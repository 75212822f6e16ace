import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Action, type FixedResponseAction, type Listener, type TargetGroup } from '../model.ts';
import { readAuthenticateCognito } from './authenticate-cognito.ts';
import { block, integer, literal, parse, type Place } from './field.ts';
import { readForward } from './forward.ts';
import { readRedirect } from './redirect.ts';

/** What an action is read against. */
export interface ActionContext {
  readonly protocol: Listener['protocol'];
  /** Resolves a reference to a target group, or throws `UNKNOWN_REFERENCE`. */
  readonly findTargetGroup: (value: string, place: Place) => TargetGroup;
}

/** Source: ELBv2 API, FixedResponseActionConfig. */
const fixedResponse = block(
  z.strictObject({
    status_code: integer(200, 599).refine((status) => status < 300 || status >= 400, 'expected 2XX, 4XX or 5XX'),
    content_type: z.enum(['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json']),
    message_body: literal.pipe(z.string().max(1024)).default(''),
  }),
);

const withType = z.looseObject({ type: z.string() });

const order = integer(1, 50_000).optional();

const bodies = {
  'authenticate-cognito': z.strictObject({ type: z.string(), order, authenticate_cognito: z.unknown() }),
  forward: z.strictObject({
    type: z.string(),
    order,
    forward: z.unknown().optional(),
    target_group_arn: z.unknown().optional(),
  }),
  redirect: z.strictObject({ type: z.string(), order, redirect: z.unknown() }),
  'fixed-response': z.strictObject({ type: z.string(), order, fixed_response: z.unknown() }),
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
 * AWS provider (internal/service/elbv2, expandListenerActions)
 * @throws ListenerError `UNKNOWN_ACTION`, and what its block throws
 */
export function readAction(
  written: unknown,
  position: number,
  context: ActionContext,
  place: Required<Place>,
): OrderedAction {
  const { type } = parse(withType, written, place);
  const inner = (name: string): Place => ({ address: place.address, field: `${place.field}.${name}` });
  switch (type) {
    case 'authenticate-cognito': {
      const read = parse(bodies[type], written, place);
      const action = readAuthenticateCognito(read.authenticate_cognito, inner('authenticate_cognito'));
      return { order: read.order ?? position + 1, action };
    }
    case 'forward': {
      const read = parse(bodies[type], written, place);
      return { order: read.order ?? position + 1, action: readForward(read, context.findTargetGroup, place) };
    }
    case 'redirect': {
      const read = parse(bodies[type], written, place);
      return {
        order: read.order ?? position + 1,
        action: readRedirect(read.redirect, context.protocol, inner('redirect')),
      };
    }
    case 'fixed-response': {
      const read = parse(bodies[type], written, place);
      return {
        order: read.order ?? position + 1,
        action: readFixedResponse(read.fixed_response, inner('fixed_response')),
      };
    }
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
