import { compareRoutes, type ApplicationRoute, type LoadBalancer, type Meeting } from '@gatehouse/listener';

import { excepts, type RouteException } from './exceptions.ts';

/** How an environment's load balancers and the application fit. */
export interface Judgement {
  /** What anybody gets to, and by which rule. */
  readonly reached: readonly Meeting[];
  /** All that meet, for machines. */
  readonly meetings: readonly Meeting[];
  /** What is wrong, a line each; nothing where they fit. */
  readonly problems: readonly string[];
}

/**
 * Holds the listeners that forward against the application's routes.
 *
 * @param domain what examples are made of
 */
export function judge(
  loadBalancers: readonly LoadBalancer[],
  domain: string,
  routes: readonly ApplicationRoute[],
  exceptions: readonly RouteException[],
): Judgement {
  const listeners = loadBalancers.flatMap((one) => one.listeners);
  const forwarding = listeners.filter(({ rules, unread }) =>
    rules.some((rule) => unread ?? rule.unread ?? rule.actions.some(({ type }) => type === 'forward')),
  );
  const all = forwarding.map((listener) => compareRoutes(listener, routes, { hosts: [domain] }));
  const disagreements = all.flatMap((one) => one.disagreements);
  const meetings = all.flatMap((one) => one.meetings);
  return {
    reached: meetings.filter(({ asks, access }) => asks === 'nothing' && access === 'public'),
    meetings,
    problems: [
      ...disagreements
        .filter((one) => !exceptions.some((exception) => excepts(exception, one)))
        .map(({ kind, rule, route = 'no route', witness }) => {
          const request = `${witness.method} https://${witness.host}${witness.path}`;
          switch (kind) {
            case 'not-let-through':
              return `${kind}: ${route} is public in the application, and ${rule} does not let it through: ${request}`;
            case 'dead-opening':
              return `${kind}: ${rule} lets everybody through to ${route}, which the application has closed: ${request}`;
            case 'opened-by-spelling':
              return `${kind}: ${rule} lets everybody through to ${route}, by an odd spelling alone: ${request}`;
          }
        }),
      ...exceptions
        .filter((exception) => !disagreements.some((one) => excepts(exception, one)))
        .map(({ kind, about }) => `The exception "${kind}" about ${about} excepts nothing any more: take it out`),
      ...all.flatMap(({ undecided }) => undecided.map(({ rule, why }) => `${rule} is not decided: ${why}`)),
    ],
  };
}
