import { type Listener, type LoadBalancer, type Rule } from '@gatehouse/listener';

import { type AccessEntry } from './access-log.ts';
import { type AlbRequest, asksForGrpc, headBytes, headerValue, type Header, requestUri } from './alb-request.ts';
import { type Answer } from './answer.ts';
import { type ConnectionFacts } from './connection-facts.ts';
import { type CountedExtras } from './counters.ts';
import { type Classification } from './desync.ts';
import { type ErrorReason, type ExecutedAction, type RequestEvent } from './event.ts';
import { modifiedOwnHeaders } from './header-modification.ts';
import { callbackPath } from './login-redirect.ts';
import { type Meter, type RelayResult } from './relay.ts';
import { type Session } from './session.ts';
import { targetName } from './target-request.ts';

/** What became of one request, for all who are told. */
export interface RequestRecord {
  readonly event: RequestEvent;
  readonly entry: AccessEntry;
  readonly extras: CountedExtras;
  readonly request: AlbRequest;
  readonly listener: Listener;
  readonly rule: Rule | undefined;
  /** Of the user that the rule's login found. */
  readonly session: Session | undefined;
  /** The headers that the target got. */
  readonly handedOn: readonly Header[] | undefined;
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

type Failure = { readonly errorReason: ErrorReason | undefined; readonly detail: string };

/** What the login of a rule, or of the callback, came to. */
interface Login {
  readonly succeeded: boolean;
  readonly refreshed: boolean;
  /** Of the identity provider's endpoints. */
  readonly milliseconds?: number;
}

const noLogin: Login = { succeeded: false, refreshed: false };

/** Notes what happens to one request, for its event, its line in the log, the counts. */
export class Trail implements Meter {
  readonly #now: () => number;
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
  #bytesReceived = 0;
  #bytesSent = 0;
  /** An answer that the load balancer makes, before the listener modifies it. */
  #own: Answer | undefined;
  #functionBytes: number | undefined;
  #droppedInvalidHeader = false;
  #login: Login = noLogin;
  #tokenValid = false;
  /** Of the request, when it does not comply. */
  classification: Classification | undefined;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
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
  loggedIn(login: Login): void {
    this.#login = login;
  }

  /** By the `jwt-validation` of the rule. */
  foundTokenValid(): void {
    this.#tokenValid = true;
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

  sentTo(target: URL, headers: readonly Header[]): void {
    this.#target = target;
    this.#handedOn = headers;
    this.#sentAt = this.#now();
  }

  /** A function was: it has no address. */
  invoked(headers: readonly Header[], bytes: number): void {
    this.#handedOn = headers;
    this.#sentAt = this.#now();
    this.#functionBytes = bytes;
  }

  /** Its time is over, whether or not it gave an answer. */
  functionEnded(): void {
    this.#answeredAt = this.#now();
  }

  functionAnswered(status: number, bytes: number): void {
    this.#targetStatus = status;
    this.#functionBytes = (this.#functionBytes ?? 0) + bytes;
  }

  /** The head of the target's answer. */
  targetAnswered(status: number): void {
    this.#targetStatus = status;
    this.#answeredAt = this.#now();
  }

  received(bytes: number): void {
    this.#bytesReceived += bytes;
  }

  sent(bytes: number): void {
    this.#bytesSent += bytes;
  }

  failed(detail: string, errorReason?: ErrorReason): void {
    this.#failure = { detail, errorReason };
  }

  relayed(result: RelayResult): void {
    this.#result = result;
  }

  answered(answer: Answer): Answer {
    this.#result = { status: answer.status, complete: true };
    this.#own = answer;
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
        tokenValid: this.#tokenValid,
        loginMilliseconds: this.#login.milliseconds,
        functionBytes: this.#functionBytes,
        targetConnectionFailed: this.#target !== undefined && this.#targetStatus === undefined && this.#status === 502,
      },
      request,
      listener,
      rule: this.#rule,
      session: this.#session,
      handedOn: this.#handedOn,
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
      status: this.#status,
      complete: this.#result.complete,
      priority: this.#rule?.priority ?? -1,
      rule: this.#rule?.address,
      actions: this.#actions,
      errorReason: this.#failure?.errorReason,
      detail: this.#failure?.detail,
      target: this.#target === undefined ? undefined : targetName(this.#target).origin,
      durationMilliseconds: now - this.#startedAt,
    };
  }

  /** Of one shape, whatever the request went through: a field more makes an object anew, and this is done for each. */
  #entry({ request, listener, connection, loadBalancer, now }: TrailEnd): AccessEntry {
    const { logged } = connection;
    const sentAt = this.#sentAt;
    const answeredAt = this.#answeredAt;
    return {
      type: logged.type === 'h2' && asksForGrpc(request) ? 'grpcs' : logged.type,
      client: logged.client,
      httpVersion: logged.httpVersion,
      tlsCipher: logged.tlsCipher,
      tlsProtocol: logged.tlsProtocol,
      serverName: logged.serverName,
      connectionId: logged.connectionId,
      endedAt: now,
      createdAt: this.#startedAt,
      loadBalancer: loadBalancer.arn,
      status: this.#status,
      targetStatus: this.#targetStatus,
      receivedBytes: headBytes(request.headers) + request.method.length + request.target.length + this.#bytesReceived,
      sentBytes: this.#bytesSent + (this.#own === undefined ? 0 : answerBytes(this.#own, request, listener)),
      method: request.method,
      uri: loggedUri(request),
      priority: this.#rule?.priority ?? (this.#actions.length > 0 ? -1 : 'none'),
      actions: this.#actions,
      userAgent: headerValue(request, 'user-agent'),
      traceId: this.#handedOn?.find((header) => header[0] === 'X-Amzn-Trace-Id')?.[1],
      target: this.#target === undefined ? undefined : targetName(this.#target).address,
      targetGroupArn: this.#targetGroupArn,
      redirectUrl: this.#redirectUrl,
      errorReason: this.#failure?.errorReason,
      classification: this.classification,
      requestProcessing: sentAt === undefined ? undefined : sentAt - this.#startedAt,
      targetProcessing: sentAt === undefined || answeredAt === undefined ? undefined : answeredAt - sentAt,
      responseProcessing: answeredAt === undefined ? undefined : now - answeredAt,
    };
  }
}

/** As it goes out: to HEAD without its body. */
function answerBytes({ headers, body }: Answer, { method }: AlbRequest, { headerModification }: Listener): number {
  const head = headBytes(modifiedOwnHeaders(headers, headerModification));
  return method === 'HEAD' ? head : head + Buffer.byteLength(body);
}

/** AWS's log has the whole address. The query of the callback holds the code and is left out. */
function loggedUri(request: AlbRequest): string {
  const uri = requestUri(request);
  return request.path === callbackPath ? uri.replace(/\?.*$/, '?-') : uri;
}
