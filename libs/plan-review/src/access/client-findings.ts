import { type Finding, type Severity } from '../model.ts';
import { at } from '../plan/at.ts';
import { type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';
import { isUnknown } from '../plan/unknown.ts';
import { when } from './when.ts';

/** Neither hands the password to whoever runs the flow. */
const safeFlows = new Set(['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH']);

/** Who may be sent where with a code, how users may log in, and how long they are believed. */
export function clientFindings(change: ResourceChange): readonly Finding[] {
  const { before, after } = change;
  if (after === undefined) return [];
  const added = (name: string): readonly string[] =>
    listOf(after[name]).filter((item) => !listOf(before?.[name]).includes(item));
  const removed = (name: string): readonly string[] =>
    listOf(before?.[name]).filter((item) => !listOf(after[name]).includes(item));
  const isNew = before === undefined;
  const implicit = added('allowed_oauth_flows').filter((flow) => flow === 'implicit');
  const insecure = added('callback_urls').filter(
    (url) => /^http:\/\/(?!localhost\b|127\.0\.0\.1\b|\[::1\])/i.test(url) || url.includes('*'),
  );
  const changed = (kind: string, severity: Severity, what: string, names: readonly string[]): readonly Finding[] =>
    isNew
      ? []
      : names.flatMap((name) => {
          const [more, less] = [added(name), removed(name)];
          const words = [
            ...(more.length === 0 ? [] : [`now also ${more.join(', ')}`]),
            ...(less.length === 0 ? [] : [`no longer ${less.join(', ')}`]),
          ];
          return when(
            words.length > 0,
            change,
            more.length > 0 ? severity : 'note',
            kind,
            `${what} (${name}): ${words.join('; ')}`,
          );
        });
  return [
    ...when(
      implicit.length > 0,
      change,
      'stop',
      'login-weakened',
      'The implicit flow is allowed: tokens are then in addresses, and in histories and logs',
    ),
    ...when(
      insecure.length > 0,
      change,
      'stop',
      'callback',
      `Codes may be sent in clear, or anywhere: ${insecure.join(', ')}`,
    ),
    ...newClient(change),
    ...changed('callback', 'look', 'Codes may be sent to other addresses', ['callback_urls']),
    ...changed('callback', 'look', 'After a logout, browsers may be sent to other addresses', ['logout_urls']),
    ...changed('login-provider', 'look', 'Who vouches for users changes', ['supported_identity_providers']),
    ...changed('scope', 'look', 'What tokens are for changes', ['allowed_oauth_scopes', 'allowed_oauth_flows']),
    ...changed(
      'login-flow',
      added('explicit_auth_flows').every((flow) => safeFlows.has(flow)) ? 'note' : 'look',
      'How users may log in changes',
      ['explicit_auth_flows'],
    ),
    ...(isNew ? [] : lifetimes(change)),
    ...when(
      !isNew && before['generate_secret'] === true && after['generate_secret'] !== true,
      change,
      'stop',
      'login-weakened',
      'The client no longer has a secret: whoever has a code can spend it',
    ),
    ...when(
      !isNew && before['enable_token_revocation'] === true && after['enable_token_revocation'] === false,
      change,
      'look',
      'login-weakened',
      'Tokens can no longer be revoked',
    ),
    ...when(
      !isNew &&
        before['prevent_user_existence_errors'] === 'ENABLED' &&
        after['prevent_user_existence_errors'] !== 'ENABLED',
      change,
      'look',
      'login-weakened',
      'The login says who is a user',
    ),
  ];
}

/** Of a pool that is there, with users. */
function newClient(change: ResourceChange): readonly Finding[] {
  const { before, after } = change;
  const pool = after?.['user_pool_id'];
  if (before !== undefined || after === undefined || isUnknown(pool)) return [];
  const [secret, urls] = [after['generate_secret'] === true, listOf(after['callback_urls'])];
  const where = urls.length === 0 ? '' : `, and codes may be sent to ${urls.join(', ')}`;
  const reading = `The pool has another client${secret ? '' : ', which has no secret'}: users may log in to it${where}`;
  return when(true, change, 'look', 'callback', reading);
}

const seconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
/** Source: Cognito API, TokenValidityUnitsType: hours where nothing is said, days for refresh tokens. */
const usualUnit: Readonly<Record<string, string>> = { access_token: 'hours', id_token: 'hours', refresh_token: 'days' };

function lifetimes(change: ResourceChange): readonly Finding[] {
  return ['access_token', 'id_token', 'refresh_token'].flatMap((token) => {
    const [was, is] = [lifetime(change.before, token), lifetime(change.after, token)];
    if (was === undefined || is === undefined) return [];
    return when(
      is > was,
      change,
      'look',
      'token-lifetime',
      `The ${token.replace('_', ' ')} is valid for ${is} s, longer than the ${was} s before`,
    );
  });
}

function lifetime(values: Json | undefined, token: string): number | undefined {
  const validity = values?.[`${token}_validity`];
  const unit = at(values, `token_validity_units.${token}`);
  const factor = seconds[typeof unit === 'string' && unit !== '' ? unit : (usualUnit[token] ?? '')];
  return typeof validity === 'number' && factor !== undefined ? validity * factor : undefined;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}
