import { setFlagsFromString } from 'node:v8';

/**
 * For a program that does little but relay: keeps V8 from making objects among the old ones at once (allocation site
 * pretenuring), of which it takes those of a busy proxy to be. Each keeps its request in memory until the next full
 * collection: a sixth of the time of the processor went into that, in pauses of some 4 ms, where 0.6 ms do.
 *
 * It holds for the whole process; so a program calls it, and this library does not.
 */
export function expectShortLivedObjects(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
