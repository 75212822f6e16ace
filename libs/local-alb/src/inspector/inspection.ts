import { callbackPath } from '../login-redirect.ts';
import { type RequestRecord } from '../trail.ts';
import { explainRules, type RuleVerdict } from './explain.ts';
import { shownHeaders, type ShownHeader } from './shown-headers.ts';

/** One request as the page shows it; nothing in it lets its reader be somebody. */
export interface Inspection {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly listener: string;
  readonly protocol: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Empty when there is none; that of the login's callback is left out. */
  readonly query: string;
  readonly status: number;
  readonly complete: boolean;
  readonly milliseconds: number;
  readonly rules: readonly RuleVerdict[];
  readonly actions: readonly string[];
  readonly authentication: string;
  readonly session?: { readonly ageSeconds: number; readonly endsInSeconds: number; readonly subject: string };
  readonly handedOn: readonly ShownHeader[];
  /** Who answered, and what. */
  readonly answer: string;
}

/** What a request went through, for the page. */
export function inspect(record: RequestRecord, id: number): Inspection {
  const { event, entry, request, session } = record;
  return {
    id,
    at: entry.createdAt,
    listener: event.listener,
    protocol: event.protocol,
    method: request.method,
    host: request.authority,
    path: request.path,
    query: request.path === callbackPath ? '' : request.query,
    status: event.status,
    complete: event.complete,
    milliseconds: event.durationMilliseconds,
    rules: explainRules(record.listener, request, record.rule),
    actions: event.actions,
    authentication: authenticationText(record),
    ...(session === undefined
      ? {}
      : {
          session: {
            ageSeconds: Math.round((entry.createdAt - session.startedAt) / 1000),
            endsInSeconds: Math.round((session.expiresAt - entry.createdAt) / 1000),
            subject: session.claims.sub,
          },
        }),
    handedOn: shownHeaders(record.handedOn ?? []),
    answer: answerText(record),
  };
}

function authenticationText({ event, extras, session, request }: RequestRecord): string {
  const reason = [event.errorReason, event.detail].filter((part) => part !== undefined).join(': ');
  if (event.actions.includes('jwt-validation')) return reason === '' ? 'a valid bearer token' : `failed: ${reason}`;
  if (!event.actions.includes('authenticate')) return 'not asked for: nobody checked who this is';
  if (request.path === callbackPath && event.status === 302) return 'the login succeeded, and the session begins';
  if (reason !== '') return `failed: ${reason}`;
  if (session !== undefined) return extras.refreshed ? 'a session, refreshed at the user pool' : 'a session';
  if (event.status === 302 && !event.actions.includes('forward')) return 'no session: sent to the login';
  return 'no session: let through without one';
}

function answerText({ event, entry }: RequestRecord): string {
  if (event.status === 460) return 'the client left before the answer had ended';
  if (entry.targetStatus === undefined) return `${event.status}, by the load balancer`;
  const time = Math.round(entry.targetProcessing ?? 0);
  const whole = event.complete ? '' : ', and broken off';
  return `${entry.targetStatus}, by the target ${entry.target ?? ''} after ${time} ms${whole}`;
}
