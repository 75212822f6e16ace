/**
 * How the HTTP server listens behind a load balancer.
 *
 * It is handed the session's cookies, the claims and the access token with each request, and the load balancer lets
 * 64 KB of headers pass; Node's default of 16 KB answers 431 to people in many groups. Idle connections are the load
 * balancer's to close (after 60 s by default): a server that closes first has its last request answered 502.
 */
export const serverOptions = {
  http: { maxHeaderSize: 65_536 },
  keepAliveTimeout: 75_000,
  requestTimeout: 60_000,
  /** The forms of the user administration are a tenth of it at most. */
  bodyLimit: 16_384,
  /** A username has 128 characters (cognito-idp API, UsernameType), each of up to four bytes that a path writes as `%xx`. */
  routerOptions: { maxParamLength: 1536 },
  /**
   * One hop: the right-most entry of X-Forwarded-For, which the load balancer writes, is the client; the others are the
   * client's to invent. A function, because Fastify takes a number of hops for no trust at all.
   */
  trustProxy: (_address: string, hop: number): boolean => hop === 0,
  /**
   * A request on a connection that is still open during the shutdown is served, with `Connection: close`. The load
   * balancer sends some until it has noticed.
   */
  return503OnClosing: false,
} as const;
