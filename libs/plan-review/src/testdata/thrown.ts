import { ReviewError } from '../errors.ts';

/** The error that the function throws. */
export function thrown(run: () => unknown): ReviewError {
  try {
    run();
  } catch (error) {
    if (error instanceof ReviewError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown');
}
