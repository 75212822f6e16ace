import { type Classification } from './desync.ts';
import { type ErrorReason, type ExecutedAction } from './event.ts';

/** One request as AWS's access log tells it. */
export interface AccessEntry {
  readonly type: 'http' | 'https' | 'h2' | 'grpcs' | 'ws' | 'wss';
  /** When the answer had ended, and when the request came in; milliseconds since the epoch. */
  readonly endedAt: number;
  readonly createdAt: number;
  /** The load balancer's ARN. */
  readonly loadBalancer: string;
  /** Address and port. */
  readonly client: string;
  readonly target?: string | undefined;
  /** Milliseconds: until it was sent to the target, until the target answered, until the answer had ended. */
  readonly requestProcessing?: number | undefined;
  readonly targetProcessing?: number | undefined;
  readonly responseProcessing?: number | undefined;
  readonly status: number;
  readonly targetStatus?: number | undefined;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly method: string;
  /** The address as the client sees it; the query of the login's callback is not in it. */
  readonly uri: string;
  readonly httpVersion: string;
  readonly userAgent?: string | undefined;
  readonly tlsCipher?: string | undefined;
  readonly tlsProtocol?: string | undefined;
  /** The name that the client asked a certificate for. */
  readonly serverName?: string | undefined;
  readonly targetGroupArn?: string | undefined;
  readonly traceId?: string | undefined;
  readonly priority: number | 'default' | 'none';
  readonly actions: readonly ExecutedAction[];
  readonly redirectUrl?: string | undefined;
  readonly errorReason?: ErrorReason | 'WAFRuleBlocked' | undefined;
  readonly classification?: Classification | undefined;
  readonly connectionId: string;
}

/**
 * A line of the access log, its fields in the order of AWS.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html ("Access log entries")
 */
export function accessLogLine(entry: AccessEntry): string {
  const target = entry.target ?? '-';
  const targetStatus = entry.targetStatus ?? '-';
  return [
    entry.type,
    new Date(entry.endedAt).toISOString().replace('Z', '000Z'),
    entry.loadBalancer.replace(/^.*:loadbalancer\//, ''),
    entry.client,
    target,
    seconds(entry.requestProcessing),
    seconds(entry.targetProcessing),
    seconds(entry.responseProcessing),
    entry.status,
    targetStatus,
    entry.receivedBytes,
    entry.sentBytes,
    quoted(`${entry.method} ${entry.uri} HTTP/${entry.httpVersion}`),
    quoted(entry.userAgent ?? '-'),
    entry.tlsCipher ?? '-',
    entry.tlsProtocol ?? '-',
    entry.targetGroupArn ?? '-',
    quoted(entry.traceId ?? '-'),
    quoted(entry.serverName ?? '-'),
    // The ARN of the certificate: one of this machine has none.
    quoted('-'),
    priority(entry.priority),
    new Date(entry.createdAt).toISOString().replace('Z', '000Z'),
    quoted(entry.actions.length === 0 ? '-' : entry.actions.join(',')),
    quoted(entry.redirectUrl ?? '-'),
    quoted(entry.errorReason ?? '-'),
    quoted(target),
    // Of a function, which has no address, the list has none either.
    quoted(entry.target === undefined ? '-' : String(targetStatus)),
    quoted(entry.classification?.classification ?? '-'),
    quoted(entry.classification?.reason ?? '-'),
    entry.connectionId,
  ].join(' ');
}

/** "-1" where it did not get so far. */
function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '-1' : (milliseconds / 1000).toFixed(3);
}

function priority(value: AccessEntry['priority']): string {
  if (value === 'none') return '-';
  return value === 'default' ? '0' : String(value);
}

/** What a client sent may hold quotes and line ends: as in AWS's log they are written `\xHH`. */
function quoted(text: string): string {
  const safe = text.replaceAll(/[^\x20-\x7e]|["\\]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
  );
  return `"${safe}"`;
}
