import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for the next second of the clock. Sign-ins of a user are told apart by the second (`auth_time`): one in the second
 * of another that has been ended is taken for it.
 */
export async function nextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  // A timer may go off a moment early.
  while (Math.floor(Date.now() / 1000) === second) await delay(1000 - (Date.now() % 1000));
}
