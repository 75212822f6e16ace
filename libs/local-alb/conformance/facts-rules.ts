import { chosen, type Fact, held, left } from './fact.ts';

const refused = 'a configuration with it is refused, never run without it';

/** Rules, conditions and actions. Sources: load-balancer-listeners.html, rule-condition-types.html, the ELBv2 API. */
export const ruleFacts: readonly Fact[] = [
  held('A1.1', 'D', 'Rules are tried from the lowest priority to the highest; the default rule is the last.'),
  held('A1.2', 'D', 'Of a rule every condition must hold; of a condition one value is enough.'),
  held('A1.3', 'D', '`*` stands for any number of characters, `?` for exactly one.'),
  held('A1.4', 'D', 'Methods, source addresses and header names have no wildcards.'),
  held('A1.5', 'D', 'A host matches in any case; `*.example.com` does not match `example.com`.'),
  held('A1.6', 'D', 'A path matches in the case written, without the query, and is not rewritten.'),
  held('A1.7', 'D', 'A header matches in any case, name and value; one of several fields of a name is enough.'),
  held('A1.8', 'D', 'A method matches exactly, in the case written.'),
  held('A1.9', 'D', 'A query matches in any case; the key may be left out; `\\*` and `\\?` are the characters.'),
  held('A1.10', 'D', 'A source address is that of the TCP peer, never `X-Forwarded-For`.'),
  held('A1.11', 'D', 'Only visible ASCII is matched.'),
  held('A1.12', 'D', 'The log has the priority of the rule, 0 for the default rule, -1 where none was evaluated.'),
  held('A1.13', 'D', 'A rule has at most 5 values and 5 wildcards, and a value 128 characters.'),
  held('A1.14', 'D', 'Host, header and path may be matched by regular expressions.'),
  held('A1.15', 'D', 'A rule may rewrite URL and host for the target; one that fails is 500.'),
  chosen('A1.16', 'How much of a text a transform replaces, and what of the request it is.', {
    chosen: 'the first match, in path and query as sent, or in the host without its port, in any case',
    why: 'the examples of the guide begin with `^`, speak of path and query, and of the domain name',
  }),
  chosen('A1.17', 'When a transform that matches fails.', {
    chosen: 'where it names a group that there is not, or gives no host, no address, or one over 16K',
    why: 'the request could not be sent',
  }),
  held('A2.1', 'D', 'Exactly one action routes the request, and it is the last one.'),
  held('A2.2', 'D', 'Actions that authenticate exist on HTTPS listeners only.'),
  held('A2.3', 'D', 'A fixed response has its status, type and body.'),
  held(
    'A2.4',
    'D',
    'A redirect fills `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`; the path without its leading `/`.',
  ),
  held('A2.5', 'D', 'Nothing of a redirect is percent-encoded again.'),
  held('A2.6', 'D', 'Forwarding follows the weights of the target groups; a weight of 0 gets nothing.'),
  held(
    'A2.7',
    'D',
    'Stickiness between target groups is the cookie `AWSALBTG`, and `AWSALBTGCORS` with `SameSite=None`.',
  ),
  held('A2.8', 'D', 'Stickiness to a target is the cookie `AWSALB`, and `AWSALBCORS` with `SameSite=None`.'),
  held(
    'A2.9',
    'D',
    '`jwt-validation` checks a bearer token without a cookie: RS256, `iss`, `exp`, `nbf` and `iat` where they are, and claims of three formats; it is handed on as it is.',
  ),
  held(
    'A2.10',
    'D',
    '`authenticate-oidc` logs in at any OpenID provider, by the endpoints (HTTPS alone), the client and the secret of the action.',
  ),
  held('A2.11', 'D', 'An action that is not known is refused.'),
  left(
    'A2.12',
    'D',
    'To groups of HTTP/2 and gRPC targets there is only `forward`.',
    'such groups are refused by `libs/listener`',
  ),
  held(
    'A2.13',
    'D',
    'Bodies of fixed responses have 1024 bytes, parts of a redirect 128 characters, extra parameters are 10, at most.',
  ),
  held('A3.1', 'D', 'The session cookie has the name of the action, and each rule its own.'),
  held('A3.2', 'D', 'The scope of the action is asked for.'),
  held('A3.3', 'D', 'The session ends after the session timeout of the action, in seconds.'),
  held('A3.4', 'D', 'The extra parameters of the action follow those of the load balancer.'),
  held('A3.5', 'D', '`on_unauthenticated_request` is `authenticate`, `allow` or `deny`.'),
  held('A3.6', 'D', 'The load balancer has the secret of the app client, and shows it to the token endpoint alone.'),
  held('A3.7', 'R', 'A second rule signs in silently, by the session of the user pool.'),
  chosen('A3.8', 'Whether a session timeout over 604800 seconds is taken.', {
    chosen: 'it is run as it was read; the cookie itself lives 7 days',
    why: 'the API has no maximum, and the time inside a session is documented to be what counts',
  }),
  held('A5.1', 'D', 'A key set of more than 150 KB or 10 keys is none: the request is not forwarded.'),
  chosen('A5.2', 'The status of `jwt-validation` when the keys cannot be had.', {
    option: 'keySetOutOfReach',
    chosen: '`500`',
    why: 'as where the endpoints of a login cannot be reached',
  }),
  chosen('A5.3', 'Whether `Authorization: bearer` is taken.', {
    option: 'bearerScheme',
    chosen: '`exact`: only `Bearer`',
    why: 'the stricter one shows at once; `any-case` is RFC 9110, section 11.1. Two such headers are refused either way',
  }),
  chosen('A5.4', 'How many of the values of an additional claim a list must have.', {
    option: 'additionalClaimValues',
    chosen: '`all`',
    why: 'the stricter one; of a single string the values are alternatives',
  }),
  chosen('A5.5', 'How long keys are kept, and how often they are asked for again.', {
    chosen: '5 minutes; for a `kid` that is not known at most each 30 seconds, and 2 after a failure',
    why: 'clients choose the `kid`; a token must have one, and no time is granted to `exp`, `nbf` and `iat`',
  }),
  chosen('A5.6', 'The answer to a request without a valid token.', {
    option: 'invalidToken',
    chosen: '`401`, the page alone, without `WWW-Authenticate`',
    why: '401 is reported; the documents say that it is rejected',
  }),
  held(
    'A5.7',
    'R',
    'The log has `jwt-validation` and the reason (`JWTHeaderNotPresent`, `JWTSignatureValidationError` and so on); `JWTValidationSuccessCount` and `JWTValidationFailureCount` count.',
  ),
];
