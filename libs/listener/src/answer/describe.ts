import { type WeightedTargetGroup } from '../model.ts';
import { type Answer, answerKey, type IdentityProvider, type Login, type Outcome } from './answer.ts';

/** Two different answers in words that tell them apart, as briefly as that can be. */
export function describeBoth(one: Answer, other: Answer): readonly [string, string] {
  for (const describe of [brief, detailed]) {
    const words = [describe(one), describe(other)] as const;
    if (words[0] !== words[1]) return words;
  }
  return [`${detailed(one)} as ${answerKey(one)}`, `${detailed(other)} as ${answerKey(other)}`];
}

/** An answer in a few words: `open`, `login`, `optional login`, `login, then answer 404`. */
export function brief({ login, outcome }: Answer): string {
  if (outcome.kind === 'forward') return login.kind === 'none' ? 'open' : briefLogin(login);
  return login.kind === 'none' ? briefOutcome(outcome) : `${briefLogin(login)}, then ${briefOutcome(outcome)}`;
}

function briefLogin(login: Login): string {
  switch (login.kind) {
    case 'none':
      return 'no login';
    case 'optional':
      return 'optional login';
    case 'required':
      return login.otherwise === 'authenticate' ? 'login' : 'login or else 401';
    case 'bearer':
      return login.checkedBy === 'target'
        ? 'bearer token that only the target checks'
        : 'bearer token that the load balancer checks';
  }
}

function briefOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'forward':
      return 'forward';
    case 'redirect': {
      const { statusCode, protocol, host, port, path, query } = outcome;
      return `redirect ${statusCode} to ${protocol}://${host}:${port}${path}${query === '' ? '' : `?${query}`}`;
    }
    case 'fixed-response':
      return `answer ${outcome.statusCode}`;
    case 'login-callback':
      return 'end of a login';
    case 'no-listener':
      return 'no listener';
    case 'unknown':
      return 'unknown';
  }
}

function detailed(answer: Answer): string {
  const { login, outcome } = answer;
  const by =
    login.kind === 'optional' || login.kind === 'required'
      ? ` ${provider(login.provider)}`
      : login.kind === 'bearer' && login.checkedBy === 'load-balancer'
        ? ` of ${login.issuer}`
        : '';
  const to = outcome.kind === 'forward' ? `, forwarded to ${outcome.targetGroups.map(targetGroup).join(', ')}` : '';
  const rewritten = outcome.kind === 'forward' && outcome.transforms.length > 0 ? ', rewritten' : '';
  return `${brief(answer)}${by}${to}${rewritten}`;
}

function provider(identity: IdentityProvider): string {
  return identity.kind === 'cognito'
    ? `as client ${identity.userPoolClientId} of ${identity.userPoolArn}`
    : `as client ${identity.clientId} of ${identity.issuer}`;
}

function targetGroup({ arn, weight }: WeightedTargetGroup): string {
  return weight === 1 ? arn : `${arn} (weight ${weight})`;
}
