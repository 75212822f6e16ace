import { describeTests, testsOf } from './condition.ts';
import { type Grant } from './grant.ts';

/** Of the actions and resources in a line. */
const MOST_NAMED = 3;

/** Actions that are permitted alike: to one principal, on the same resources, on the same condition. */
interface Bundle {
  readonly principal: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: string;
}

/**
 * Who may do what on what, in one line: the first of the bundles, and how many more there are.
 *
 * @param grants the worst first
 * @param holder who has the policy, where it names no principal
 */
export function inOneLine(grants: readonly Grant[], holder: string): string {
  const [first, ...more] = bundlesOf(grants);
  if (first === undefined) return '';
  const rest = more.length === 0 ? '' : `; and ${more.length} other grant${more.length === 1 ? '' : 's'}`;
  return `${describe(first, holder, MOST_NAMED)}${rest}`;
}

/** All of it, a line for each bundle; nothing where the one line has all of it. */
export function inDetail(grants: readonly Grant[], holder: string): readonly string[] {
  const bundles = bundlesOf(grants);
  const [first] = bundles;
  const isWhole =
    bundles.length === 1 && (first?.actions.length ?? 0) <= MOST_NAMED && (first?.resources.length ?? 0) <= MOST_NAMED;
  return isWhole ? [] : bundles.map((bundle) => describe(bundle, holder, Infinity));
}

/** First what is on the same resource, then the resources on which there is the same. */
function bundlesOf(grants: readonly Grant[]): readonly Bundle[] {
  const statements = grouped(grants, ({ principal, resource, condition }) => [principal, resource, condition]).map(
    (alike) => ({ ...alike[0], actions: unique(alike.map(({ spelled }) => spelled)) }),
  );
  return grouped(statements, ({ principal, condition, actions }) => [principal, condition, actions.toSorted()]).map(
    (alike) => {
      const { principal = '', condition = '', actions = [] } = alike[0] ?? {};
      return { principal, condition, actions, resources: unique(alike.map(({ resource = '' }) => resource)) };
    },
  );
}

function describe({ principal, actions, resources, condition }: Bundle, holder: string, most: number): string {
  const who = principal === '' ? holder : nameOf(principal);
  // In the policy of a resource, everything is that resource.
  const on = resources.filter((resource) => resource !== '' && (principal === '' || resource !== '*'));
  const where = on.length === 0 ? '' : ` on ${several(widestFirst(on), most, shortResource)}`;
  const issuer = issuerOf(principal);
  const when = condition === '' ? '' : `, if ${describeTests(testsOf(condition), issuer) || condition}`;
  const takes = actions.every((action) => /^sts:assumerole/i.test(action)) && on.length === 0;
  const what = takes ? 'take the role' : `do ${several(widestFirst(actions), most, (action) => action)}`;
  return `${who} may newly ${what}${where}${when}`;
}

/** Whose tokens a federated principal is for; empty for another principal. */
export function issuerOf(principal: string): string {
  return /oidc-provider\/(\S+)$/.exec(principal)?.[1] ?? '';
}

/** A principal as people call it. */
export function nameOf(principal: string): string {
  if (principal === '*') return 'anyone';
  const [, account] = /^AWS:(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(principal) ?? [];
  if (account !== undefined) return `account ${account}`;
  if (issuerOf(principal) !== '') return `who has a token of ${issuerOf(principal)}`;
  return principal.replace(/^(?:Service|AWS|Federated|CanonicalUser):/, '');
}

/** Without what every ARN has, and without what only joins: `${aws_kms_key.plans.arn}` is aws_kms_key.plans. */
export function shortResource(resource: string): string {
  if (resource === '*') return 'anything';
  return resource
    .replaceAll(/\$\{(?:data|local)\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)\}/g, '$1.$2')
    .replaceAll(/\$\{([^}]*?)(?:\.(?:arn|id|name))?\}/g, '$1')
    .replace(/^arn:aws[\w-]*:([\w-]+):[\w-]*:\d*:/, '$1:');
}

function several(all: readonly string[], most: number, shown: (each: string) => string): string {
  const more = all.length - most;
  const named = all.slice(0, most).map(shown).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

/** What has a wildcard early permits the most. */
function widestFirst(all: readonly string[]): readonly string[] {
  const rank = (text: string): number => (text.includes('*') ? text.indexOf('*') : Infinity);
  return all.toSorted((one, other) => (rank(one) === rank(other) ? 0 : rank(one) - rank(other)));
}

function grouped<T>(items: readonly T[], key: (item: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups.values()];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
