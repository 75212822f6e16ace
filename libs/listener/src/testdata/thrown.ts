import { ListenerError } from '../errors.ts';

/** The error that the call throws. */
export function thrown(call: () => unknown): ListenerError {
  try {
    call();
  } catch (error) {
    if (error instanceof ListenerError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}
