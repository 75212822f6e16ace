import { type AuthenticateAction } from '@gatehouse/listener';

import { type AuthenticateContext } from './authenticate.ts';
import { type FaultPlayer } from './faults.ts';
import { type IdentityProvider } from './identity-provider.ts';
import { type KeySets } from './key-sets.ts';
import { type SealedBox } from './sealed-box.ts';
import { type Switches } from './switches.ts';
import { type TargetConnections } from './target.ts';
import { type Targets } from './targets.ts';
import { type RequestRecord } from './trail.ts';

/** What requests need besides the configuration: keys, clock, chance, the way out. */
export interface Runtime {
  readonly connections: TargetConnections;
  readonly targets: Targets;
  readonly keySets: Pick<KeySets, 'keys'>;
  readonly faults: FaultPlayer;
  readonly switches: Switches;
  /** Seals the cookies of stickiness. */
  readonly box: SealedBox;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told about each request when its answer has ended. */
  readonly observe: (record: RequestRecord) => void;
  /** Asked once a request. */
  readonly authentication: () => Authenticator;
}

/** What the authenticate actions of one request work with. */
export interface Authenticator extends Omit<AuthenticateContext, 'signer' | 'provider'> {
  readonly providerOf: (action: AuthenticateAction) => IdentityProvider;
}
