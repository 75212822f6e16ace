/** What `infra:verify` looks at, by the name under which it is told. docs/reference/verify.md has the same list. */
export const CHECKS = {
  DNS: 'the name leads somewhere',
  certificate: 'it is trusted, for this name, and holds for 30 more days',
  TLS: 'the versions 1.0 and 1.1 are refused',
  HTTP: 'the unencrypted port sends the same address on to HTTPS, and answers nothing else',
  'app client': 'the client id of the login redirect is the one that was applied',
  login: 'a page asked by nobody is sent to the user pool with client, scope, callback and state',
  'nonce cookie': 'the login redirect binds the login to this browser',
  'hosted login': 'the user pool takes that redirect, and shows its login page',
  'public paths': 'each answers without a login',
  'other paths': 'what is not public, and what only resembles a public path, is sent to the login or refused',
  'API paths': 'they are refused with 401, and not sent to a page that a script cannot use',
  'bearer paths': 'a missing, a meaningless and a forged token are refused',
  'forged headers': 'identity headers of the client make nobody a user',
  'forged session': 'a session cookie that the load balancer did not make is no session',
  callback: 'an answer of the user pool that nobody asked for is refused',
  methods: 'other methods get no further than GET, and TRACE returns nothing of the request',
  HSTS: 'browsers are told to come back over TLS alone, for half a year or more',
  'page headers': 'content policy, framing, content type and referrer are restricted',
  cookies: 'cookies of the application are sent over TLS alone, and kept from scripts',
  caching: 'the way to the login and refusals are not for caches to keep',
  software: 'no version of a software is told',
} as const;

export type CheckName = keyof typeof CHECKS;
