import { type Faults } from '../faults.ts';

type Reader = (value: unknown) => boolean;

const oneOf =
  (...allowed: readonly string[]): Reader =>
  (value) =>
    typeof value === 'string' && allowed.includes(value);

/** At most ten minutes: what is slower is down. */
const slow: Reader = (value) => {
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'slowMilliseconds') return false;
  const { slowMilliseconds } = value as { readonly slowMilliseconds: unknown };
  return typeof slowMilliseconds === 'number' && slowMilliseconds >= 0 && slowMilliseconds <= 600_000;
};

const either =
  (one: Reader, other: Reader): Reader =>
  (value) =>
    one(value) || other(value);

const readers: Readonly<Record<keyof Faults, readonly [reader: Reader, allowed: string]>> = {
  userPool: [either(oneOf('down', 'failing'), slow), '"down", "failing" or {"slowMilliseconds": 0 to 600000}'],
  signingKey: [oneOf('wrong'), '"wrong"'],
  clockSkewSeconds: [(value) => Number.isSafeInteger(value), 'a whole number of seconds'],
  claims: [oneOf('oversized'), '"oversized"'],
  sessions: [oneOf('expired'), '"expired"'],
  target: [either(oneOf('down'), slow), '"down" or {"slowMilliseconds": 0 to 600000}'],
  webAcl: [oneOf('block', 'failing'), '"block" or "failing"'],
};

export type FaultsReading =
  { readonly ok: true; readonly faults: Faults } | { readonly ok: false; readonly problem: string };

/** Reads what somebody asked to go wrong; a fault that is not known is refused, or it would seem to be played. */
export function readFaults(value: unknown): FaultsReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problem: 'The body is not a JSON object of faults.' };
  }
  for (const [name, given] of Object.entries(value)) {
    const known = Object.entries(readers).find(([key]) => key === name)?.[1];
    if (known === undefined) {
      return { ok: false, problem: `There is no such fault; there are ${Object.keys(readers).join(', ')}.` };
    }
    const [reader, allowed] = known;
    if (!reader(given)) return { ok: false, problem: `${name} has to be ${allowed}.` };
  }
  return { ok: true, faults: value };
}
