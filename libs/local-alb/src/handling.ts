import { type Listener, type LoadBalancer } from '@gatehouse/listener';

import { type AlbRequest } from './alb-request.ts';
import { type Exchange } from './exchange.ts';
import { type Runtime } from './runtime.ts';
import { type Trail } from './trail.ts';

/** A request and what it meets: read once, so that one request sees one configuration. */
export interface Handling {
  readonly exchange: Exchange;
  readonly request: AlbRequest;
  readonly listener: Listener;
  readonly loadBalancer: LoadBalancer;
  readonly runtime: Runtime;
  readonly trail: Trail;
}
