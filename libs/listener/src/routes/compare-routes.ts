import { compare } from '../compare/compare.ts';
import { type Answer } from '../answer/answer.ts';
import { type UndecidedRule } from '../exposure/region.ts';
import { type Listener, type ListenerRequest, type Rule } from '../model.ts';
import { type Reach } from '../space/universe.ts';
import { applicationListener, noRoute } from './application-listener.ts';
import { type ApplicationRoute } from './application-route.ts';

/** Requests that one rule lets through, or keeps, and that one route answers. Never empty. */
export interface Meeting {
  /** The rule's Terraform address; that of the listener for the end of a login. */
  readonly rule: string;
  /** What the load balancer asks for before the request gets to the application. */
  readonly asks: Asks;
  /** The route's name; undefined where the application has none. */
  readonly route: string | undefined;
  readonly access: ApplicationRoute['access'];
  /** One of the requests, as simple as possible. */
  readonly witness: ListenerRequest;
  /** `any` where the path has to be spelled as no browser would: with `%61` for `a`, or a fragment. */
  readonly reach: Reach;
}

/**
 * `nothing`: whoever asks gets to the application. `login` and `bearer`: whoever has logged in, or brings a bearer token.
 * `kept`: the load balancer answers by itself.
 */
export type Asks = 'nothing' | 'login' | 'bearer' | 'kept';

/** Where a load balancer and an application do not agree on what is public. */
export interface RouteDisagreement {
  /**
   * `not-let-through`: public in the application, and the load balancer asks for more, or answers by itself.
   * `dead-opening`: the load balancer lets everybody through to what the application has closed, by whatever method.
   * `opened-by-spelling`: public on both sides, but only for a path spelled as nobody would.
   */
  readonly kind: 'not-let-through' | 'dead-opening' | 'opened-by-spelling';
  readonly rule: string;
  readonly route: string | undefined;
  readonly witness: ListenerRequest;
}

export interface RouteComparison {
  /** Which rule's requests get to which route: all there are. */
  readonly meetings: readonly Meeting[];
  readonly disagreements: readonly RouteDisagreement[];
  /** Rules or routes of which nothing certain can be said. Never take them for agreement. */
  readonly undecided: readonly UndecidedRule[];
}

/**
 * Holds what a listener lets through against what an application answers to anybody: exactly, over every path as it is
 * sent, encoded or not.
 *
 * @param routes in the order in which the application tries them; what none takes it is to answer as closed
 */
export function compareRoutes(
  listener: Listener,
  routes: readonly ApplicationRoute[],
  { hosts = [] }: { readonly hosts?: readonly string[] } = {},
): RouteComparison {
  const byMethod = meet(listener, routes, hosts);
  const byPath = meet(listener, routes.map(withAnyMethod(routes)), hosts);
  const isOpen = ({ asks, access }: Meeting): boolean => asks === 'nothing' && access === 'public';
  const openPlainly = new Set(
    byMethod.meetings.filter((one) => isOpen(one) && one.reach === 'ordinary').map(({ route }) => route),
  );
  const found = (kind: RouteDisagreement['kind'], { rule, route, witness }: Meeting): RouteDisagreement => ({
    kind,
    rule,
    route,
    witness,
  });
  return {
    meetings: byMethod.meetings,
    disagreements: [
      // Another spelling of a public path is asked for a login as well, wherever a rule names the path: no harm in that.
      ...byMethod.meetings
        .filter(({ asks, access, reach }) => asks !== 'nothing' && access === 'public' && reach === 'ordinary')
        .map((one) => found('not-let-through', one)),
      ...byPath.meetings
        .filter(({ asks, access }) => asks === 'nothing' && access === 'closed')
        .map((one) => found('dead-opening', one)),
      ...byMethod.meetings
        .filter((one) => isOpen(one) && !openPlainly.has(one.route))
        .map((one) => found('opened-by-spelling', one)),
    ],
    undecided: [...new Map([...byMethod.undecided, ...byPath.undecided].map((one) => [one.rule, one])).values()],
  };
}

/** A path is open to the load balancer whatever the method, and so it counts as public where any method of it is. */
function withAnyMethod(routes: readonly ApplicationRoute[]): (route: ApplicationRoute) => ApplicationRoute {
  const open = new Set(routes.filter(({ access }) => access === 'public').map(({ paths }) => paths.join('\n')));
  return (route) => ({
    ...route,
    methods: 'ALL',
    access: open.has(route.paths.join('\n')) ? 'public' : 'closed',
  });
}

/** Each route is a target of its own, so that every pair of a rule and a route is answered differently, and found. */
function meet(
  listener: Listener,
  routes: readonly ApplicationRoute[],
  hosts: readonly string[],
): Pick<RouteComparison, 'meetings' | 'undecided'> {
  const { changes, undecided } = compare(listener, applicationListener(routes, listener), { hosts });
  const meetings = changes.map(({ before, after, witness, reach }): Meeting => {
    const route = after.rule === noRoute ? undefined : routes[Number(after.rule)];
    return {
      rule: before.rule,
      asks: asksOf(before.answer),
      route: route?.name,
      access: route?.access ?? 'closed',
      witness,
      reach,
    };
  });
  return { meetings, undecided: [...undecided, ...listener.rules.flatMap(rewriting)] };
}

/** What such a rule asks of the application is not what it was asked. */
function rewriting({ address: rule, priority, transforms = [] }: Rule): readonly UndecidedRule[] {
  return transforms.length === 0 ? [] : [{ rule, priority, why: 'It rewrites requests on their way' }];
}

function asksOf({ login, outcome }: Answer): Asks {
  // What could not be read may let anybody through.
  if (outcome.kind === 'unknown') return 'nothing';
  if (outcome.kind !== 'forward') return 'kept';
  switch (login.kind) {
    case 'none':
    case 'optional':
      return 'nothing';
    case 'required':
      return 'login';
    case 'bearer':
      return 'bearer';
  }
}
