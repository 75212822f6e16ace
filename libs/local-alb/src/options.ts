import {
  type AuthenticateCognitoAction,
  type AuthenticateOidcAction,
  type LoadBalancer,
  type TargetGroup,
} from '@gatehouse/listener';

import { type AlbEvent } from './event.ts';
import { type UserPoolEndpoints } from './identity-provider.ts';
import { type TlsCredentials } from './listener-server.ts';
import { type Switches } from './switches.ts';

export interface LocalAlbOptions {
  /** A listener with port 0 gets a free one. */
  readonly loadBalancer: LoadBalancer;
  /** Holds the keys of sessions and signatures; made for its owner alone. What was signed outlives a restart. */
  readonly stateFolder: string;
  /** Serves the HTTPS listeners and the key endpoint. */
  readonly tls: TlsCredentials;
  /**
   * PEM, trusted besides the well-known authorities when identity providers and HTTPS targets are called: it stands in for
   * the public one of AWS. An identity provider with a certificate of any other is not reached, nor over IPv6.
   *
   * @default none
   */
  readonly trustedCa?: string;
  /**
   * The one target of a group that none is registered with; asked for every request, so that it can be replaced while it
   * runs. `undefined` answers 503.
   *
   * @default none
   */
  readonly resolveTarget?: (targetGroup: TargetGroup) => URL | undefined;
  /** Where AWS is not clear. @default {@link defaultSwitches} */
  readonly switches?: Partial<Switches>;
  /** Asked for every request that meets the action. */
  readonly resolveUserPool: (action: AuthenticateCognitoAction) => UserPoolEndpoints;
  /**
   * The client secret of an `authenticate-oidc` action, which has everything else itself. A configuration with one whose
   * secret is not known is refused.
   *
   * @default none is known
   */
  readonly resolveClientSecret?: (action: AuthenticateOidcAction) => string | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Told about each request, without any secret. @default nobody is */
  readonly log?: (event: AlbEvent) => void;
  /**
   * Is given each line of the access log, in AWS's format. As in AWS's log they have the queries of requests, but that
   * of the login's callback. @default nobody is
   */
  readonly accessLog?: (line: string) => void;
  /**
   * The port where faults, targets and counts are asked for with the token of `administration.token` in the state folder;
   * 0 for a free one. @default none is opened
   */
  readonly administrationPort?: number;
  /** The port of a page that shows each request, for this machine alone; 0 for a free one. @default none is opened */
  readonly inspectorPort?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}
