import { type Listener, type LoadBalancer, type Rule } from '@gatehouse/listener';

import { type AccessEntry } from './access-log.ts';
import { type AlbRequest, headBytes, headerValue, type Header, requestUri } from './alb-request.ts';
import { type Answer } from './answer.ts';
import { type AuthErrorReason } from './auth-failure.ts';
import { type ConnectionFacts } from './connection-facts.ts';
import { type CountedExtras } from './counters.ts';
import { type Classification } from './desync.ts';
import { type ExecutedAction, type RequestEvent } from './event.ts';
import { callbackPath } from './login-redirect.ts';
import { type RelayResult } from './relay.ts';
import { type Session } from './session.ts';
import { targetName } from './target.ts';

/** What became of one request, for all who are told. */
export interface RequestRecord {
  readonly event: RequestEvent;
  readonly entry: AccessEntry;
  readonly extras: CountedExtras;
  readonly request: AlbRequest;
  readonly listener: Listener;
  readonly rule?: Rule;
  /** Of the user that the rule's login found. */
  readonly session?: Session;
  /** The headers that the target got. */
  readonly handedOn?: readonly Header[];
}

/** Where a request ended up, besides what {@link Trail} was told on the way. */
export interface TrailEnd {
  readonly request: AlbRequest;
  readonly listener: Listener;
  readonly loadBalancer: LoadBalancer;
  readonly connection: ConnectionFacts;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Failure = { readonly errorReason?: AuthErrorReason; readonly detail: string };

/** Notes what happens to one request, for its event, its line in the log, the counts. */
export class Trail {
  readonly #startedAt: number;
  #rule: Rule | undefined;
  #actions: ExecutedAction[] = [];
  #result: RelayResult = { status: 0, complete: true };
  #target: URL | undefined;
  #targetGroupArn: string | undefined;
  #failure: Failure | undefined;
  #redirectUrl: string | undefined;
  #handedOn: readonly Header[] | undefined;
  #session: Session | undefined;
  #targetStatus: number | undefined;
  #sentAt: number | undefined;
  #answeredAt: number | undefined;
  #bytes = { received: 0, sent: 0 };
  #droppedInvalidHeader = false;
  #login: { succeeded: boolean; refreshed: boolean; milliseconds?: number } = { succeeded: false, refreshed: false };
  /** Of the request, when it does not comply. */
  classification: Classification | undefined;

  constructor(now: number) {
    this.#startedAt = now;
  }

  matched(rule: Rule): void {
    this.#rule = rule;
  }

  executed(action: ExecutedAction): void {
    this.#actions.push(action);
  }

  redirected(url: string): void {
    this.#redirectUrl = url;
  }

  /** By the login of the rule, or of the callback. */
  loggedIn(login: { readonly succeeded: boolean; readonly refreshed: boolean; readonly milliseconds?: number }): void {
    this.#login = login;
  }

  knows(session: Session | undefined): void {
    this.#session = session;
  }

  chose(targetGroupArn: string): void {
    this.#targetGroupArn = targetGroupArn;
  }

  droppedInvalidHeader(): void {
    this.#droppedInvalidHeader = true;
  }

  sentTo(target: URL, headers: readonly Header[], now: number): void {
    this.#target = target;
    this.#handedOn = headers;
    this.#sentAt = now;
  }

  /** The head of the target's answer. */
  targetAnswered(status: number, now: number): void {
    this.#targetStatus = status;
    this.#answeredAt = now;
  }

  received(bytes: number): void {
    this.#bytes.received += bytes;
  }

  sent(bytes: number): void {
    this.#bytes.sent += bytes;
  }

  failed(detail: string, errorReason?: AuthErrorReason): void {
    this.#failure = { detail, ...(errorReason === undefined ? {} : { errorReason }) };
  }

  relayed(result: RelayResult): void {
    this.#result = result;
  }

  answered(answer: Answer): Answer {
    this.#result = { status: answer.status, complete: true };
    this.#bytes.sent += headBytes(answer.headers) + Buffer.byteLength(answer.body);
    return answer;
  }

  record(end: TrailEnd): RequestRecord {
    const { request, listener } = end;
    return {
      event: this.#event(end),
      entry: this.#entry(end),
      extras: {
        rulesEvaluated: this.#rule === undefined ? 0 : listener.rules.indexOf(this.#rule) + 1,
        droppedInvalidHeader: this.#droppedInvalidHeader,
        loginSucceeded: this.#login.succeeded,
        refreshed: this.#login.refreshed,
        ...(this.#login.milliseconds === undefined ? {} : { loginMilliseconds: this.#login.milliseconds }),
        targetConnectionFailed: this.#target !== undefined && this.#targetStatus === undefined && this.#status === 502,
      },
      request,
      listener,
      ...(this.#rule === undefined ? {} : { rule: this.#rule }),
      ...(this.#session === undefined ? {} : { session: this.#session }),
      ...(this.#handedOn === undefined ? {} : { handedOn: this.#handedOn }),
    };
  }

  get #status(): number {
    return this.#result.status;
  }

  #event({ request, listener, connection, now }: TrailEnd): RequestEvent {
    return {
      type: 'request',
      listener: listener.address,
      protocol: connection.protocol,
      method: request.method,
      host: request.host,
      path: request.path,
      ...this.#result,
      priority: this.#rule?.priority ?? -1,
      ...(this.#rule === undefined ? {} : { rule: this.#rule.address }),
      actions: this.#actions,
      ...this.#failure,
      ...(this.#target === undefined ? {} : { target: targetName(this.#target).origin }),
      durationMilliseconds: now - this.#startedAt,
    };
  }

  /** Written for each request, so without a copy for each field that there may be. */
  #entry({ request, connection, loadBalancer, now }: TrailEnd): AccessEntry {
    const entry: Draft<AccessEntry> = {
      ...connection.logged,
      endedAt: now,
      createdAt: this.#startedAt,
      loadBalancer: loadBalancer.arn,
      status: this.#status,
      receivedBytes: headBytes(request.headers) + request.method.length + request.target.length + this.#bytes.received,
      sentBytes: this.#bytes.sent,
      method: request.method,
      uri: loggedUri(request),
      priority: this.#rule?.priority ?? (this.#actions.length > 0 ? -1 : 'none'),
      actions: this.#actions,
    };
    const userAgent = headerValue(request, 'user-agent');
    const traceId = this.#handedOn?.find(([name]) => name === 'X-Amzn-Trace-Id')?.[1];
    if (userAgent !== undefined) entry.userAgent = userAgent;
    if (traceId !== undefined) entry.traceId = traceId;
    if (this.#target !== undefined) entry.target = targetName(this.#target).address;
    if (this.#targetGroupArn !== undefined) entry.targetGroupArn = this.#targetGroupArn;
    if (this.#targetStatus !== undefined) entry.targetStatus = this.#targetStatus;
    if (this.#redirectUrl !== undefined) entry.redirectUrl = this.#redirectUrl;
    if (this.#failure?.errorReason !== undefined) entry.errorReason = this.#failure.errorReason;
    if (this.classification !== undefined) entry.classification = this.classification;
    if (this.#sentAt === undefined) return entry;
    entry.requestProcessing = this.#sentAt - this.#startedAt;
    if (this.#answeredAt === undefined) return entry;
    entry.targetProcessing = this.#answeredAt - this.#sentAt;
    entry.responseProcessing = now - this.#answeredAt;
    return entry;
  }
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** AWS's log has the whole address. The query of the callback holds the code and is left out. */
function loggedUri(request: AlbRequest): string {
  const uri = requestUri(request);
  return request.path === callbackPath ? uri.replace(/\?.*$/, '?-') : uri;
}
