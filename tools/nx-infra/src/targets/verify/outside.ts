import { lookup as lookUp } from 'node:dns';
import { type LookupFunction } from 'node:net';

/** What lies outside of this process, as far as verifying needs it. */
export interface Outside {
  /** Addresses of a name. */
  readonly lookup: LookupFunction;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long one answer may take. */
  readonly timeoutMilliseconds: number;
  /**
   * The outputs of the applied cognito stack; asked only where the environment is not served on this machine.
   *
   * @throws {InfraError} where they cannot be read: what depends on them is then looked at by its form
   */
  readonly applied: () => Promise<Readonly<Record<string, unknown>>>;
}

/** Whether a name leads to this machine. */
export function isServedHere(hostname: string): boolean {
  return /(?:^|\.)localhost$/.test(hostname);
}

/** As the system has it; what ends in `.localhost` is this machine (RFC 6761, section 6.3), which Node does not know. */
export const lookup: LookupFunction = (hostname, options, callback) => {
  lookUp(isServedHere(hostname) ? '127.0.0.1' : hostname, options, callback);
};
