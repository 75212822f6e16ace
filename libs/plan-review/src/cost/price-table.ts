import { z } from 'zod';
import { ReviewError } from '../errors.ts';
import { listed } from './prices.ts';

const schema = z.strictObject({
  date: z.iso.date(),
  source: z.string(),
  currency: z.string(),
  hoursAMonth: z.number().positive(),
  regions: z.record(z.string(), z.record(z.string().regex(/\.(?:hour|month)$/), z.number().nonnegative())),
});

/** What AWS asks, by region and unit: `alb.hour`. */
export type PriceTable = z.output<typeof schema>;

/** The table that is kept here, of the date that it says. */
export const prices: PriceTable = readPrices(listed, 'prices.ts');

/** @throws ReviewError `PRICES_MALFORMED` */
export function readPrices(json: unknown, file: string): PriceTable {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ReviewError('PRICES_MALFORMED', file, {
    what: `It is not a table of prices: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}`,
    why: 'A price that is not understood would be taken for none',
    mend: 'Keep the form of the table in @gatehouse/plan-review, src/cost/prices.ts',
  });
}

/** The price of a month in a region; undefined where the table has none. */
export function monthly(unit: string, region: string | undefined, from: PriceTable): number | undefined {
  const price = region === undefined ? undefined : from.regions[region]?.[unit];
  if (price === undefined) return undefined;
  return unit.endsWith('.hour') ? price * from.hoursAMonth : price;
}
