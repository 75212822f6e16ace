import { chosen, type Fact, held } from './fact.ts';

/** What the target learns, and how long a session lives. Sources as for the login. */
export const identityFacts: readonly Fact[] = [
  held(
    'B5.1',
    'D',
    'The target gets `x-amzn-oidc-accesstoken`, `-identity` (the `sub`) and `-data`, and never the ID token.',
  ),
  held(
    'B5.2',
    'R',
    'The header of the data token is `typ`, `kid`, `alg`, `iss`, `client`, `signer`, `exp`, in this order, compact.',
  ),
  held(
    'B5.3',
    'R',
    'Its payload is the claims in the order of the user pool, then `exp` and `iss`; no `aud`, `iat`, `nbf`, `jti`.',
  ),
  held('B5.4', 'D', 'Base64url keeps its `=`, on all three parts, and the signature covers it.'),
  held('B5.5', 'T', 'The signature is ES256 in 64 bytes; without the padding it does not verify.'),
  held('B5.6', 'R', 'Claims are handed on as userinfo said them: `email_verified` is text.'),
  held('B5.7', 'R', 'The data token is good for about a minute.'),
  chosen('B5.8', 'Whether it is made for each request, or kept for a while.', {
    option: 'dataTokenReuseSeconds',
    chosen: '`0`: made anew as soon as it would say something else, which is each second',
    why: 'an application must not rest on either; within a second two tokens of a session differ in their signature alone',
  }),
  held('B5.9', 'D', 'The public key is at `/<kid>` of the key endpoint, as PEM.'),
  held('B5.10', 'R', 'Everything else there is 403.'),
  held('B5.13', 'D', 'In GovCloud the keys are at other addresses, with the region in their path.'),
  held('B5.11', 'R', 'A client that sends `x-amzn-oidc-*` itself is not believed on rules that authenticate.'),
  chosen('B5.12', 'The same on rules that do not authenticate, and on HTTP listeners.', {
    option: 'identityHeadersUnchecked',
    chosen: '`pass`',
    why: 'the worst case for the application, which must not believe them',
  }),
  held('B6.1', 'D', 'With a refresh token the claims are refreshed when the access token expires.'),
  held('B6.2', 'D', 'That goes on until the session timeout, or until it fails; then to the login.'),
  held('B6.3', 'D', 'Without a refresh token the session goes on until its timeout.'),
  held('B6.4', 'D', 'A session timeout shorter than the access token wins.'),
  held('B6.5', 'R', 'The issuer of a later request is that of the action of now.'),
  held('B6.6', 'U', 'Where refresh tokens are rotated, the one that came last is used.'),
  held('B6.7', 'D', 'The application logs out by expiring the shards; a cookie that was copied stays good.'),
  held('B7.1', 'D', 'When the token or the userinfo endpoint cannot be reached: 500.'),
  held(
    'B7.2',
    'D',
    'The load balancer reaches the user pool over IPv4, with a trusted certificate (here that of this machine, too), or not.',
  ),
  chosen('B9.9', 'How the load balancer shows its secret to the token endpoint.', {
    option: 'tokenEndpointAuthentication',
    chosen: '`basic`',
    why: 'a user pool takes both; `post` puts it into the form',
  }),
];
