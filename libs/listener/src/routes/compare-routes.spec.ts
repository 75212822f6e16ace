import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { match } from '../match/match.ts';
import { compileRegex } from '../match/regex.ts';
import { type Action, type Condition, type Listener, type ListenerRequest } from '../model.ts';
import { cognito, forward, jwt, notFound } from '../testdata/actions.ts';
import { randomListener } from '../testdata/random-listener.ts';
import { request } from '../testdata/requests.ts';
import { type ApplicationRoute } from './application-route.ts';
import { compareRoutes } from './compare-routes.ts';

type RuleOf = readonly [path: string | readonly Condition[], ...actions: readonly Action[]];

function listenerWith(...rules: readonly RuleOf[]): Listener {
  const login = [cognito('authenticate'), forward];
  return {
    address: 'listener',
    arn: 'listener',
    port: 443,
    protocol: 'HTTPS',
    rules: [
      ...rules.map(([path, ...actions], index) => ({
        address: `rule.${index}`,
        priority: index + 1,
        conditions: typeof path === 'string' ? [{ field: 'path-pattern' as const, values: [path] }] : path,
        actions,
      })),
      { address: 'listener', priority: 'default', conditions: [], actions: login },
    ],
  };
}

const route = (
  name: string,
  access: ApplicationRoute['access'],
  path: string,
  methods: ApplicationRoute['methods'] = ['GET'],
): ApplicationRoute => ({ name, access, methods, paths: [path] });

const about = route('about', 'public', '^/(?:a|%61)bout$');
const admin = route('admin', 'closed', '^/admin$');
const rest = route('rest', 'closed', '^/.*$', 'ALL');

const told = (listener: Listener, ...routes: readonly ApplicationRoute[]): readonly string[] =>
  compareRoutes(listener, routes).disagreements.map(
    ({ kind, rule, route, witness }) => `${kind}: ${rule} → ${route}, ${witness.method} ${witness.path}`,
  );

describe('a listener and an application', () => {
  it('agree where what is public is let through, and nothing else', () => {
    expect(told(listenerWith(['/about', forward]), about, admin, rest)).toEqual([]);
  });

  it('disagree where the application is public and the load balancer asks for a login', () => {
    expect(told(listenerWith(), about, admin, rest)).toEqual(['not-let-through: listener → about, GET /about']);
    const api: RuleOf = ['/a*', cognito('deny'), forward];
    expect(told(listenerWith(api), about, rest)).toEqual(['not-let-through: rule.0 → about, GET /about']);
    expect(told(listenerWith(['/about', notFound]), about)).toEqual(['not-let-through: rule.0 → about, GET /about']);
    expect(told(listenerWith(['/about', jwt, forward]), about)).toEqual([
      'not-let-through: rule.0 → about, GET /about',
    ]);
  });

  it('disagree where the load balancer lets everybody through to what is closed', () => {
    expect(told(listenerWith(['/admin', forward], ['/about', forward]), about, admin, rest)).toEqual([
      'dead-opening: rule.0 → admin, GET /admin',
    ]);
    expect(told(listenerWith(['/a*', forward]), about, admin, rest)).toEqual([
      'dead-opening: rule.0 → admin, GET /admin',
      'dead-opening: rule.0 → rest, GET /a',
    ]);
    expect(told(listenerWith(['/about', forward], ['/gone', forward]), about)).toEqual([
      'dead-opening: rule.1 → undefined, GET /gone',
    ]);
    expect(
      told(listenerWith(['/about', cognito('allow'), forward], ['/admin', cognito('allow'), forward]), about, admin),
    ).toEqual(['dead-opening: rule.1 → admin, GET /admin']);
  });

  it('do not disagree for the other methods of a public path, nor where a bearer token is asked for', () => {
    const form = route('form', 'closed', '^/(?:a|%61)bout$', ['POST']);
    expect(told(listenerWith(['/about', forward]), about, form, rest)).toEqual([]);
    const bearer: Condition = { field: 'http-header', name: 'Authorization', values: ['Bearer *'] };
    const machines: RuleOf = [[{ field: 'path-pattern', values: ['/admin'] }, bearer], forward];
    expect(told(listenerWith(machines, ['/about', forward]), about, admin, rest)).toEqual([]);
  });

  it('disagree where only an odd spelling gets to what is public', () => {
    expect(told(listenerWith(['/%6?bout', forward]), about, admin)).toEqual([
      'not-let-through: listener → about, GET /about',
      expect.stringMatching(/^dead-opening: rule\.0 → undefined/),
      'opened-by-spelling: rule.0 → about, GET /%61bout',
    ]);
  });

  it('are undecided where a rule could not be read, or rewrites requests', () => {
    const listener = listenerWith(['/about', forward]);
    const [first, last] = listener.rules;
    if (first === undefined || last === undefined) throw new Error('The listener has two rules');
    const unread = { ...first, conditions: [], actions: [], unread: ['?'] };
    const rewritten = { ...first, transforms: [{ type: 'url-rewrite' as const, regex: 'a', replace: 'b' }] };
    for (const rule of [unread, rewritten]) {
      const { undecided } = compareRoutes({ ...listener, rules: [rule, last] }, [about]);
      expect(undecided).toMatchObject([{ rule: 'rule.0' }]);
    }
  });

  it('meet just where requests go through both', () => {
    const routes = fc.array(
      fc.record({
        name: fc.uuid(),
        access: fc.constantFrom('public', 'closed'),
        methods: fc.constantFrom<ApplicationRoute['methods']>(['GET'], ['POST'], 'ALL'),
        paths: fc.constantFrom(['^/a$'], ['^/(?:a|%61)b?$'], ['^/[^/]+$'], ['^/b/.*$'], ['^/.*$']),
      }),
      { maxLength: 4 },
    );
    const asked = fc.record({
      method: fc.constantFrom('GET', 'POST'),
      path: fc.constantFrom('/', '/a', '/ab', '/%61', '/b/', '/b/a', '/ba', '/a/b'),
    });
    fc.assert(
      fc.property(randomListener, routes, fc.array(asked, { minLength: 5 }), (listener, all, requests) => {
        const { meetings, undecided } = compareRoutes(listener, all);
        expect(undecided).toEqual([]);
        for (const { rule, route, witness } of meetings) expect(goes(listener, all, witness)).toEqual([rule, route]);
        const known = meetings.map(({ rule, route }) => `${rule} ${route}`);
        for (const one of requests) {
          const [rule, route] = goes(listener, all, request(one));
          expect(known).toContain(`${rule} ${route}`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

function goes(
  listener: Listener,
  routes: readonly ApplicationRoute[],
  { ...asked }: ListenerRequest,
): readonly [string, string | undefined] {
  const route = routes.find(
    ({ methods, paths }) =>
      (methods === 'ALL' || methods.includes(asked.method)) &&
      paths.some((path) => compileRegex(path, 'sensitive')(asked.path)),
  );
  // A login's end is the listener's own.
  return [match(listener, asked).rule?.address ?? listener.address, route?.name];
}
