import { chosen, type Fact, held } from './fact.ts';

/** The login. Sources: listener-authenticate-users.html, AWS's knowledge centre, captures by third parties. */
export const loginFacts: readonly Fact[] = [
  held(
    'B1.1',
    'D',
    'Without a session the browser is sent to the authorization endpoint by 302, with the cookie `AWSALBAuthNonce`.',
  ),
  held('B1.2', 'D', 'The code is spent at the token endpoint, then userinfo is asked with the access token.'),
  held('B1.3', 'D', 'Then the browser is sent to where it first wanted to go, with the session cookie.'),
  chosen('B1.5', 'What is checked of the ID token.', {
    chosen: '`iss`, `aud`, `azp` where there is one, `sub` as userinfo says it, and for `authenticate-oidc` `exp`',
    why: 'it comes from the token endpoint over TLS, and an action names no keys, so the signature is not (OpenID Connect Core, 3.1.3.7, rule 6)',
  }),
  held('B1.4', 'R', 'A POST that met the login comes back as a GET.'),
  held(
    'B2.1',
    'R',
    'The parameters are `client_id`, `redirect_uri`, `response_type`, `scope`, `state`, then the extra ones; a blank is `%20`.',
  ),
  held('B2.2', 'R', 'There is neither an OpenID `nonce` nor PKCE.'),
  held('B2.3', 'D', '`redirect_uri` is `https://`, the host of the request, `/oauth2/idpresponse`.'),
  chosen('B2.4', 'The host in `redirect_uri` when the client wrote it in upper case, or with a port.', {
    option: 'redirectUriHost',
    chosen: '`as-sent`',
    why: 'a callback that is not registered shows at once; `lower-case` is what AWS asks to be registered',
  }),
  held('B2.5', 'R', '`state` is opaque standard Base64, percent-encoded.'),
  held('B2.6', 'D', 'A login must be finished within 15 minutes, else 401.'),
  held('B2.7', 'D', '`/oauth2/idpresponse` is taken by the load balancer whatever the rules say.'),
  held('B2.8', 'D', 'There, without a state or a code: 401, `AuthMissingStateParam`, `AuthMissingCodeParam`.'),
  held('B2.9', 'R', 'A failed callback is logged with the priority -1 and the action `authenticate`.'),
  held('B3.1', 'R', 'The nonce has 16 alphanumeric characters.'),
  held('B3.2', 'D', 'A nonce that is missing, or not that of the state, is 401 with a reason of its own.'),
  held('B3.3', 'R', 'The nonce is checked before the code is spent.'),
  chosen('B3.4', 'The attributes of the nonce cookie.', {
    chosen: '`Path=/; Secure; HttpOnly`, for the browser session',
    why: 'the strictest that works',
  }),
  chosen('B3.5', 'Two tabs that log in at once.', {
    chosen: 'the later one overwrites the nonce, and the earlier one ends with 401',
    why: 'there is one nonce cookie; inferred',
  }),
  held('B3.6', 'D', 'The session cookie is cut into up to four shards, `-0` to `-3`, 16K in all.'),
  held('B3.7', 'R', 'A full shard has a value of 3984 characters of standard Base64.'),
  held('B3.8', 'R', 'The session cookie is `Secure`, `HttpOnly`, `Path=/`, and for the host alone.'),
  held('B3.9', 'D', 'It has `SameSite=None` in answers to requests across origins.'),
  held('B3.10', 'D', 'It expires after 7 days, whatever the session timeout, which is inside; this is not moved.'),
  held('B3.11', 'R', 'A value that a client has URL-encoded is not understood.'),
  held('B3.12', 'R', 'The session cookie is forwarded to the target.'),
  held('B3.13', 'D', 'Claims and access token of over 11K are `AuthUserinfoResponseSizeExceeded`.'),
  chosen('B3.14', 'The status of that: the documents say 500 and 401.', {
    option: 'oversizedClaims',
    chosen: '`500`',
    why: 'the page about authentication says so, and the user cannot mend it',
  }),
  held('B3.15', 'D', 'Shards that a longer session left are removed.'),
  chosen('B3.16', 'What a session cookie that is malformed, or lacks a shard, meets.', {
    option: 'malformedSession',
    chosen: '`unauthorized`: 401, `AuthInvalidCookie`, and the cookie is expired',
    why: 'the knowledge centre lists it under 401; `login` begins a new login instead',
  }),
  held('B4.1', 'D', 'Without a session: login, forwarded without claims, 401.'),
  held('B4.2', 'D', 'With a session: forwarded with claims.'),
  held('B4.3', 'D', 'With an expired session `authenticate` and `deny` send to the login.'),
  chosen('B4.4', 'What `allow` does with an expired session, or after a failed refresh.', {
    option: 'allowExpired',
    chosen: '`anonymous`: forwarded without claims',
    why: 'the rule lets everybody pass; `login` sends to the login page',
  }),
  held('B4.5', 'R', 'A script that meets the 302 sees an opaque failure.'),
  chosen('B4.6', 'What `error=access_denied` from the login page meets.', {
    option: 'accessDenied',
    chosen: '`401`',
    why: 'the documents list "denied" under 401; 561 is reported too',
  }),
];
