import { type Socket } from 'node:net';

import { type ForwardAction, type TargetGroup, type Transform } from '@gatehouse/listener';

import { type AlbRequest, asksForGrpc, type Header, headerValue, takesTrailers } from './alb-request.ts';
import { cookieHeaders, pageAnswer } from './answer.ts';
import { connectionFacts } from './connection-facts.ts';
import { readCookies } from './cookies.ts';
import { type Exchange, sendAnswer } from './exchange.ts';
import { forwardToFunction } from './forward-to-function.ts';
import { type Handling } from './handling.ts';
import { tlsHeaders } from './header-modification.ts';
import { type Identification, isInvalidHeader, targetHeaders } from './headers.ts';
import { type TargetLease } from './registered-target.ts';
import { type Breaker, relay, type RelayResult } from './relay.ts';
import { rewrittenRequest } from './rewritten-request.ts';
import { readSticky, writeSticky } from './stickiness.ts';
import { chooseTargetGroup } from './target.ts';
import { settingsOf } from './target-group-settings.ts';

/** What the actions before the forward decided. */
export interface Admission {
  readonly identification: Identification;
  readonly setCookies: readonly string[];
  /** Of the rule. */
  readonly transforms: readonly Transform[];
  /** Whether neither connection may carry another request. */
  readonly closeAfter: boolean;
}

/** Hands a request on to a target, and its answer back. */
export async function forward(action: ForwardAction, handling: Handling, admission: Admission): Promise<void> {
  const { exchange, runtime, trail } = handling;
  const request = rewrittenRequest(handling.request, admission.transforms);
  if (request === undefined) {
    trail.failed('a transform of the rule matched, and failed');
    return sendAnswer(exchange, trail.answered(pageAnswer(500, cookieHeaders(admission.setCookies))));
  }
  const kept = keptGroup(action, handling);
  const group = kept ?? chooseTargetGroup(action, handling.loadBalancer.targetGroups, runtime.random());
  const mismatch = group === undefined ? undefined : protocolMismatch(exchange, request, group);
  if (mismatch !== undefined) {
    trail.failed(mismatch);
    return sendAnswer(exchange, trail.answered(pageAnswer(464, cookieHeaders(admission.setCookies))));
  }
  const choice = group === undefined ? undefined : chooseTarget(group, action, handling);
  const setCookies = admission.setCookies.concat(choice?.setCookies ?? []);
  if (choice === undefined) return sendAnswer(exchange, trail.answered(pageAnswer(503, cookieHeaders(setCookies))));
  trail.chose(choice.group.arn);
  const { lease } = choice;
  let opened: Socket | undefined;
  try {
    const fault = runtime.faults.target();
    if ((typeof fault === 'string' ? fault : await fault) === 'down') {
      trail.failed('the target is down, by a fault that was asked for');
      return sendAnswer(exchange, trail.answered(pageAnswer(502, cookieHeaders(setCookies))));
    }
    const sent = request === handling.request ? handling : { ...handling, request };
    if (admission.closeAfter && exchange.stream === undefined) exchange.response.shouldKeepAlive = false;
    if (group?.lambda !== undefined) {
      const headers = headersFor(sent, admission);
      return await forwardToFunction(sent, { lease, group, headers, setCookies });
    }
    ({ opened } = await send(choice, sent, admission, setCookies));
  } finally {
    // The target is busy with a WebSocket until that closes.
    if (opened === undefined || opened.closed) lease.release();
    else opened.on('close', lease.release);
  }
}

interface TargetChoice {
  readonly group: TargetGroup;
  readonly lease: TargetLease;
  readonly setCookies: readonly string[];
}

/**
 * Why targets cannot be asked in the protocol of the request, if so.
 * Source: load-balancer-troubleshooting.html, "HTTP 464".
 */
function protocolMismatch(
  exchange: Exchange,
  request: AlbRequest,
  { protocolVersion }: TargetGroup,
): string | undefined {
  const overHttp2 = exchange.stream !== undefined;
  if (protocolVersion === undefined) {
    return overHttp2 && asksForGrpc(request) ? 'a request of gRPC, and the targets speak HTTP/1.1' : undefined;
  }
  if (!overHttp2) return `a request over HTTP/1.1, and the targets speak ${protocolVersion}`;
  return protocolVersion === 'GRPC' && request.method !== 'POST'
    ? `a ${request.method}, and the targets speak GRPC, which has POST alone`
    : undefined;
}

function chooseTarget(group: TargetGroup, action: ForwardAction, handling: Handling): TargetChoice | undefined {
  const { request, runtime } = handling;
  const { targets, box } = runtime;
  const groupSeconds = action.stickinessSeconds;
  const now = runtime.now();
  const targetSeconds = settingsOf(group).stickinessSeconds;
  const preferred =
    targetSeconds === undefined
      ? undefined
      : readSticky(box, 'AWSALB', readCookies(headerValue(request, 'cookie')), now);
  const lease = targets.lease(group, preferred);
  if (lease === undefined) return undefined;
  const setCookies: string[] = [];
  if (groupSeconds !== undefined) {
    setCookies.push(...writeSticky(box, 'AWSALBTG', { chosen: group.arn, seconds: groupSeconds }, now));
  }
  if (targetSeconds !== undefined) {
    setCookies.push(...writeSticky(box, 'AWSALB', { chosen: lease.target.origin, seconds: targetSeconds }, now));
  }
  return { group, lease, setCookies };
}

/** The group that a cookie names. One that has left the action, or has no weight any more, is not kept to. */
function keptGroup(action: ForwardAction, { request, loadBalancer, runtime }: Handling): TargetGroup | undefined {
  if (action.stickinessSeconds === undefined) return undefined;
  const arn = readSticky(runtime.box, 'AWSALBTG', readCookies(headerValue(request, 'cookie')), runtime.now());
  const offered = action.targetGroups.some((one) => one.arn === arn && one.weight > 0);
  return offered ? loadBalancer.targetGroups.find((group) => group.arn === arn) : undefined;
}

/** Resolves when the answer has ended; with the end of a WebSocket when one was opened. */
async function send(
  { lease, group }: TargetChoice,
  handling: Handling,
  admission: Admission,
  setCookies: readonly string[],
): Promise<RelayResult> {
  const { exchange, request, loadBalancer, runtime, trail } = handling;
  const { protocolVersion } = group;
  const own = headersFor(handling, admission);
  // Of the connection, and asked for by gRPC: its status comes in them.
  const headers =
    protocolVersion === undefined || !takesTrailers(request) ? own : [...own, ['TE', 'trailers'] as const];
  const { target } = lease;
  trail.sentTo(target, headers);
  const breaker: Breaker = { cut: nothing };
  lease.onCut(() => breaker.cut());
  const result = await relay(exchange, {
    connections: runtime.connections,
    request: {
      target,
      method: request.method,
      path: request.target,
      headers,
      once: admission.closeAfter,
      protocolVersion,
    },
    breaker,
    setCookies,
    idleTimeoutMilliseconds: loadBalancer.attributes.idleTimeoutSeconds * 1000,
    meter: trail,
  });
  trail.relayed({ status: result.status, complete: result.complete });
  return result;
}

/** The headers of the request to the target. */
function headersFor(handling: Handling, { identification }: Admission): readonly Header[] {
  const { exchange, request, listener, loadBalancer, runtime, trail } = handling;
  const { attributes } = loadBalancer;
  if (attributes.dropInvalidHeaderFields && request.headers.some(([name]) => isInvalidHeader(name))) {
    trail.droppedInvalidHeader();
  }
  const tls = attributes.tlsVersionAndCipherSuite
    ? tlsHeaders(connectionFacts(exchange), listener.headerModification)
    : undefined;
  return targetHeaders(request, identification, attributes, runtime.now(), tls);
}

function nothing(): void {}
