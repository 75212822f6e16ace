import { describeValue } from '../describe-value.ts';
import { type Finding } from '../model.ts';
import { at } from '../plan/at.ts';
import { type ResourceChange } from '../plan/model.ts';
import { isOpaque } from '../plan/unknown.ts';
import { clientFindings } from './client-findings.ts';
import { when } from './when.ts';

/** What makes it easier to get into a user pool, to stay in, or to be sent somewhere else from it. */
export function poolFindings(changes: readonly ResourceChange[]): readonly Finding[] {
  return changes
    .filter(({ mode, action }) => mode === 'managed' && action !== 'no-op' && action !== 'read')
    .flatMap((change) => {
      switch (change.type) {
        case 'aws_cognito_user_pool':
          return ofPool(change);
        case 'aws_cognito_user_pool_client':
          return clientFindings(change);
        case 'aws_cognito_user_pool_domain':
          return ofDomain(change);
        case 'aws_cognito_identity_provider':
          return ofProvider(change);
        default:
          return [];
      }
    });
}

function ofPool(change: ResourceChange): readonly Finding[] {
  const { before, after } = change;
  if (after === undefined) return [];
  const signUp = compareAt(change, 'admin_create_user_config.allow_admin_create_user_only', (value) => value === true);
  const findings = [
    ...when(
      signUp.weakened,
      change,
      'stop',
      'sign-up-opened',
      'Anybody can sign up: admin_create_user_config.allow_admin_create_user_only is no longer true',
    ),
    ...weakerMfa(change),
  ];
  if (before === undefined) return findings;
  const weaker = passwordRules.filter(([path, direction]) => isWeaker(at(before, path), at(after, path), direction));
  const pairs = weaker.map(
    ([path]) => `${path} from ${describeValue(at(before, path))} to ${describeValue(at(after, path))}`,
  );
  const triggers = ['pre_sign_up', 'pre_authentication', 'define_auth_challenge', 'verify_auth_challenge_response']
    .map((name) => `lambda_config.${name}`)
    .filter((path) => isGiven(at(before, path)) && at(before, path) !== at(after, path));
  const protection = compareAt(change, 'user_pool_add_ons.advanced_security_mode', (value) => value === 'ENFORCED');
  return [
    ...findings,
    ...when(pairs.length > 0, change, 'look', 'login-weakened', `Passwords may be weaker: ${pairs.join(', ')}`),
    ...when(
      triggers.length > 0,
      change,
      'look',
      'login-weakened',
      `What is asked at a login or a sign-up changes: ${triggers.join(', ')}`,
    ),
    ...when(
      protection.weakened,
      change,
      'look',
      'login-weakened',
      'The protection against stolen passwords is no longer enforced',
    ),
  ];
}

/** Whether more of it, or being true, is the safer. */
type Direction = 'more' | 'less' | 'true';
const passwordRules: readonly (readonly [path: string, safer: Direction])[] = [
  ['password_policy.minimum_length', 'more'],
  ['password_policy.password_history_size', 'more'],
  ['password_policy.require_lowercase', 'true'],
  ['password_policy.require_uppercase', 'true'],
  ['password_policy.require_numbers', 'true'],
  ['password_policy.require_symbols', 'true'],
  ['password_policy.temporary_password_validity_days', 'less'],
];

function isWeaker(before: unknown, after: unknown, safer: Direction): boolean {
  if ((isOpaque(before) || isOpaque(after)) && after !== before) return true;
  if (safer === 'true') return before === true && after !== true;
  const [was, is] = [Number(before ?? 0), Number(after ?? 0)];
  return safer === 'more' ? is < was : is > was;
}

/** From the weakest to the strongest; none, and what is not known, is the weakest. */
const mfaLevels: readonly unknown[] = ['OFF', 'OPTIONAL', 'ON'];

function weakerMfa(change: ResourceChange): readonly Finding[] {
  const [was, is] = [change.before?.['mfa_configuration'], change.after?.['mfa_configuration']];
  const level = (value: unknown): number => Math.max(0, mfaLevels.indexOf(value));
  const weaker = change.before !== undefined && was !== is && (isOpaque(was) || level(is) < level(was));
  return when(
    weaker,
    change,
    'stop',
    'login-weakened',
    `The second factor is weaker: mfa_configuration goes from ${describeValue(was)} to ${describeValue(is)}`,
  );
}

function ofDomain(change: ResourceChange): readonly Finding[] {
  const [was, is] = [change.before?.['domain'], change.after?.['domain']];
  const isChanged = change.before !== undefined && change.after !== undefined && was !== is;
  return when(
    isChanged,
    change,
    'look',
    'login-domain',
    `The hosted login moves from ${describeValue(was)} to ${describeValue(is)}; the old name is free for others`,
  );
}

function ofProvider(change: ResourceChange): readonly Finding[] {
  const name = describeValue((change.after ?? change.before)?.['provider_name']);
  const verb =
    change.before === undefined
      ? 'newly vouches'
      : change.after === undefined
        ? 'no longer vouches'
        : 'vouches in another way';
  return when(
    true,
    change,
    change.after === undefined ? 'note' : 'look',
    'login-provider',
    `${name} ${verb} for users of the pool`,
  );
}

function compareAt(
  { before, after }: ResourceChange,
  path: string,
  isSafe: (value: unknown) => boolean,
): { readonly weakened: boolean } {
  const [was, is] = [at(before, path), at(after, path)];
  const wasSafe = isSafe(was) || (isOpaque(was) && was !== is);
  return { weakened: before !== undefined && wasSafe && !isSafe(is) };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
