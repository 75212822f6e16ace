import { type LoadBalancer } from '@gatehouse/local-alb';

type Rule = LoadBalancer['listeners'][number]['rules'][number];
type Condition = Rule['conditions'][number];

/** The paths that an HTTPS listener's rules treat differently from its default rule, each as one that can be asked. */
export interface PathRules {
  /** Answered without a login. */
  readonly open: readonly string[];
  /** Refused where there is no session. */
  readonly denied: readonly string[];
  /** Passed on with a bearer token, for the application to verify. */
  readonly bearer: readonly string[];
  /** The Terraform addresses of rules that decide by more than path and bearer token: nothing is asked about them. */
  readonly unread: readonly string[];
  /** Whether a path, as sent, is one of those answered without a login. */
  readonly isOpen: (path: string) => boolean;
}

export function readPathRules(rules: readonly Rule[]): PathRules {
  const special = rules.filter(({ priority }) => priority !== 'default');
  const of = (kind: Kind): readonly string[] =>
    special.filter((rule) => kindOf(rule) === kind).flatMap(({ conditions }) => conditions.flatMap(patterns));
  const open = of('open');
  const expressions = open.map(expression);
  return {
    open: open.map(sample),
    denied: of('denied').map(sample),
    bearer: of('bearer').map(sample),
    unread: special.filter((rule) => kindOf(rule) === 'unread').map(({ address }) => address),
    isOpen: (path) => expressions.some((each) => each.test(path)),
  };
}

type Kind = 'open' | 'denied' | 'bearer' | 'like the default' | 'unread';

function kindOf({ conditions, actions }: Rule): Kind {
  const bearer = conditions.some(isBearer);
  if (!conditions.every((condition) => condition.field === 'path-pattern' || isBearer(condition))) return 'unread';
  const login = actions.find(({ type }) => type === 'authenticate-cognito');
  if (login?.type !== 'authenticate-cognito') return bearer ? 'bearer' : 'open';
  if (bearer) return 'unread';
  switch (login.onUnauthenticatedRequest) {
    case 'deny':
      return 'denied';
    case 'allow':
      return 'open';
    case 'authenticate':
      return 'like the default';
  }
}

function isBearer(condition: Condition): boolean {
  return (
    condition.field === 'http-header' &&
    condition.name.toLowerCase() === 'authorization' &&
    condition.values.every((value) => /^bearer /i.test(value))
  );
}

function patterns(condition: Condition): readonly string[] {
  return condition.field === 'path-pattern' ? condition.values : [];
}

/** A path that matches. */
function sample(pattern: string): string {
  return pattern.replaceAll('*', 'gatehouse-verify').replaceAll('?', 'x');
}

/** Case-sensitive, `*` for any characters and `?` for one; AWS: rule-condition-types, "Path conditions". */
function expression(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
