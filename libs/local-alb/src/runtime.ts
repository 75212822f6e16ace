import { type AuthenticateCognitoAction, type TargetGroup } from '@gatehouse/listener';

import { type AuthenticateContext } from './authenticate.ts';
import { type AlbEvent } from './event.ts';
import { type TargetConnections } from './target.ts';
import { type UserPoolEndpoints } from './user-pool.ts';

/** What requests need besides the configuration: keys, clock, chance, the way out. */
export interface Runtime {
  readonly connections: TargetConnections;
  readonly resolveTarget: (targetGroup: TargetGroup) => URL | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: (event: AlbEvent) => void;
  /** Asked once a request. */
  readonly authentication: () => Authenticator;
}

/** What the authenticate actions of one request work with. */
export interface Authenticator extends Omit<AuthenticateContext, 'signer' | 'endpoints'> {
  readonly endpointsOf: (action: AuthenticateCognitoAction) => UserPoolEndpoints;
}
