/**
 * What the application is told from outside, read once, before anything listens.
 *
 * There is no switch that weakens a check: an application that starts, verifies. ("Development mode when ALB_ARN is
 * unset" is the hole most often found in front of this kind of login.)
 */
export interface Settings {
  /** Address to listen on. @default '127.0.0.1' */
  readonly host: string;
  readonly port: number;
  /** The origin that browsers use, such as `https://app.example.com`. */
  readonly publicUrl: string;
  /** The load balancer whose signature is believed, and no other. */
  readonly albArn: string;
  /** Where the load balancer's public keys are: `<url>/<kid>`. */
  readonly albPublicKeysUrl: string;
  readonly cognitoIssuer: string;
  /** The app client of the load balancer. */
  readonly cognitoClientId: string;
  readonly cognitoJwksUrl: string;
  /** The origin of the pool's hosted login, which also serves `/logout`. */
  readonly cognitoHostedUrl: string;
  /** The load balancer's session cookie, without the shard's number. */
  readonly sessionCookieName: string;
  readonly sessionTimeoutSeconds: number;
  /** App clients whose bearer access tokens are accepted. @default [], which refuses every bearer token */
  readonly bearerClientIds: readonly string[];
  /** The pool whose users administrators manage at `/admin/users`. @default none: there is no such page */
  readonly userPoolId: string | undefined;
  /** How long everything is still served after SIGTERM: as long as a load balancer may need to notice. @default 30 */
  readonly drainSeconds: number;
  /** What one verified user may ask of one process. @default 3000 */
  readonly requestsPerMinute: number;
  /** What one address may ask of the routes that are open to anybody. Many people may share it. @default 6000 */
  readonly publicRequestsPerMinute: number;
}

/** The injection token of {@link Settings}. */
export const SETTINGS = Symbol('Settings');
