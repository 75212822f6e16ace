import { type Socket } from 'node:net';

import { type ForwardAction, type TargetGroup, type Transform } from '@gatehouse/listener';

import { asksForGrpc, headerValue } from './alb-request.ts';
import { cookieHeaders, pageAnswer } from './answer.ts';
import { connectionFacts } from './connection-facts.ts';
import { readCookies } from './cookies.ts';
import { sendAnswer } from './exchange.ts';
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
  // Its targets speak HTTP/1.1, as those of every group here. Source: load-balancer-troubleshooting.html, "HTTP 464".
  if (exchange.stream !== undefined && asksForGrpc(request)) {
    trail.failed('a request of gRPC, and the targets speak HTTP/1.1');
    return sendAnswer(exchange, trail.answered(pageAnswer(464, cookieHeaders(admission.setCookies))));
  }
  const choice = chooseTarget(action, handling);
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
    ({ opened } = await send(lease, sent, admission, setCookies));
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

function chooseTarget(action: ForwardAction, handling: Handling): TargetChoice | undefined {
  const { request, loadBalancer, runtime } = handling;
  const { targets, box } = runtime;
  const groupSeconds = action.stickinessSeconds;
  const now = runtime.now();
  const kept =
    groupSeconds === undefined
      ? undefined
      : readSticky(box, 'AWSALBTG', readCookies(headerValue(request, 'cookie')), now);
  const group =
    keptGroup(action, loadBalancer.targetGroups, kept) ??
    chooseTargetGroup(action, loadBalancer.targetGroups, runtime.random());
  if (group === undefined) return undefined;
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

/** A group that has left the action, or has no weight any more, is not kept to. */
function keptGroup(action: ForwardAction, groups: readonly TargetGroup[], arn: string | undefined) {
  const offered = action.targetGroups.some((one) => one.arn === arn && one.weight > 0);
  return offered ? groups.find((group) => group.arn === arn) : undefined;
}

/** Resolves when the answer has ended; with the end of a WebSocket when one was opened. */
async function send(
  lease: TargetLease,
  handling: Handling,
  admission: Admission,
  setCookies: readonly string[],
): Promise<RelayResult> {
  const { exchange, request, listener, loadBalancer, runtime, trail } = handling;
  const { attributes } = loadBalancer;
  if (attributes.dropInvalidHeaderFields && request.headers.some(([name]) => isInvalidHeader(name))) {
    trail.droppedInvalidHeader();
  }
  const tls = attributes.tlsVersionAndCipherSuite
    ? tlsHeaders(connectionFacts(exchange), listener.headerModification)
    : undefined;
  const headers = targetHeaders(request, admission.identification, attributes, runtime.now(), tls);
  const { target } = lease;
  trail.sentTo(target, headers);
  const breaker: Breaker = { cut: nothing };
  lease.onCut(() => breaker.cut());
  if (admission.closeAfter && exchange.stream === undefined) exchange.response.shouldKeepAlive = false;
  const result = await relay(exchange, {
    connections: runtime.connections,
    request: { target, method: request.method, path: request.target, headers, once: admission.closeAfter },
    breaker,
    setCookies,
    idleTimeoutMilliseconds: attributes.idleTimeoutSeconds * 1000,
    meter: trail,
  });
  trail.relayed({ status: result.status, complete: result.complete });
  return result;
}

function nothing(): void {}
