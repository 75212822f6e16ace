import { type Listener, type LoadBalancer, type Rule } from '@gatehouse/listener';

import { isAuthenticate } from '../identity-provider.ts';
import { type ListenerAddress } from '../listener-set.ts';
import { conditionText } from './explain.ts';

/** Whether somebody without a session gets through a rule. */
export type Passage = 'open' | 'optional' | 'closed' | 'denied' | 'bearer' | 'elsewhere' | 'answered';

/** A rule as the page draws it. */
export interface DrawnRule {
  readonly address: string;
  readonly priority: Rule['priority'];
  readonly conditions: readonly string[];
  readonly passage: Passage;
  /** In words, for those who do not see the picture. */
  readonly says: string;
}

export interface DrawnListener {
  readonly address: string;
  readonly protocol: string;
  readonly port: number;
  readonly rules: readonly DrawnRule[];
}

/** The listeners of a load balancer, rules from top to bottom, with the ports that they really have. */
export function draw({ listeners }: LoadBalancer, addresses: readonly ListenerAddress[]): readonly DrawnListener[] {
  return listeners.map(({ address, protocol, port, rules }: Listener) => ({
    address,
    protocol,
    port: addresses.find(({ listener }) => listener === address)?.port ?? port,
    rules: rules.map(drawRule),
  }));
}

function drawRule(rule: Rule): DrawnRule {
  const passage = passageOf(rule);
  return {
    address: rule.address,
    priority: rule.priority,
    conditions: rule.conditions.map(conditionText),
    passage,
    says: `${meanings[passage]}${destination(rule)}`,
  };
}

const meanings: Readonly<Record<Passage, string>> = {
  open: 'Open: no login',
  optional: 'Open: login optional',
  closed: 'Closed: login first',
  denied: 'Closed: 401 without a session',
  bearer: 'Closed: 401 without a valid bearer token',
  elsewhere: 'Redirects',
  answered: 'Answers by itself',
};

function passageOf({ actions }: Rule): Passage {
  const login = actions.find(isAuthenticate);
  if (login !== undefined) {
    const passages = { authenticate: 'closed', allow: 'optional', deny: 'denied' } as const;
    return passages[login.onUnauthenticatedRequest];
  }
  if (actions.some(({ type }) => type === 'jwt-validation')) return 'bearer';
  switch (actions.at(-1)?.type) {
    case 'redirect':
      return 'elsewhere';
    case 'fixed-response':
      return 'answered';
    default:
      return 'open';
  }
}

function destination({ actions }: Rule): string {
  const last = actions.at(-1);
  switch (last?.type) {
    case 'forward':
      return `, then ${last.targetGroups.map(({ arn }) => /targetgroup\/([^/]+)/.exec(arn)?.[1] ?? arn).join(' or ')}`;
    case 'redirect':
      return `, ${last.statusCode} to ${last.protocol.toLowerCase()}://${last.host}:${last.port}${last.path}`;
    case 'fixed-response':
      return `, ${last.statusCode}`;
    default:
      return '';
  }
}
