// What a local ALB is given, for those who need nothing else of the listener.
export { type LoadBalancer, readLoadBalancers } from '@gatehouse/listener';
export { type Counts } from './counters.ts';
export { type DesyncMitigation } from './desync.ts';
export { type Faults } from './faults.ts';
export { type TargetDescription } from './registered-target.ts';
export { type Switches } from './switches.ts';
export { type HealthCheckSettings, type TargetGroupSettings } from './target-group-settings.ts';
export { type AuthErrorReason } from './auth-failure.ts';
export { type UserPoolEndpoints } from './identity-provider.ts';
export { type AlbEvent, type ExecutedAction, type RequestEvent } from './event.ts';
export { LocalAlbError, type LocalAlbErrorCode } from './errors.ts';
export { type TlsCredentials } from './listener-server.ts';
export { type ListenerAddress } from './listener-set.ts';
export { ensureLocalAuthority, type LocalAuthority } from './local-authority.ts';
export { type LocalAlb, startLocalAlb } from './local-alb.ts';
export { type LocalAlbOptions } from './options.ts';
export { expectShortLivedObjects } from './short-lived.ts';
