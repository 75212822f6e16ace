import { type User } from '../user.ts';
import { type ClosedAccess } from './route-access.ts';

/** A WebSocket whose upgrade was verified. */
export interface Connection {
  readonly user: User;
  /**
   * Checks a message: that the session has not ended, and that the user has what the handler asks for.
   *
   * @throws what the transport answers a refusal with (the promise rejects)
   */
  readonly check: (access: ClosedAccess) => Promise<void>;
}

/**
 * The connections that `ClaimsWsAdapter` let through, by client. Not a property of the client: that, anybody's code
 * could set. And here rather than beside the adapter, so that HTTP applications need no WebSocket package.
 */
export const connections = new WeakMap<object, Connection>();
