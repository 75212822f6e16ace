import { type Links } from '../plan/links.ts';
import { type ResourceChange, type StackPlan } from '../plan/model.ts';
import { namedBy } from '../plan/named-by.ts';
import { type Json } from '../plan/schema.ts';
import { billedOf } from './billed.ts';
import { monthly, type PriceTable } from './price-table.ts';

/** What a resource costs more or less in a month. */
export interface CostLine {
  readonly stack: string;
  readonly address: string;
  readonly difference: number;
}

export interface Cost {
  readonly currency: string;
  /** Of the prices. */
  readonly date: string;
  /** A month, of what has a price. */
  readonly difference: number;
  readonly lines: readonly CostLine[];
  /** What depends on use, and is in no sum: by resource. */
  readonly usage: readonly { readonly stack: string; readonly address: string; readonly what: string }[];
  /** What nobody here knows the price of, and why. Never zero. */
  readonly unpriced: readonly { readonly stack: string; readonly address: string; readonly why: string }[];
}

/** The difference in cost between before and after. */
export function costOf(plans: readonly StackPlan[], links: Links, prices: PriceTable): Cost {
  const byName = new Map(
    plans.flatMap(({ changes }) => changes.map((change) => [`${change.stack}/${change.address}`, change] as const)),
  );
  const lines: CostLine[] = [];
  const usage: Cost['usage'][number][] = [];
  const unpriced: Cost['unpriced'][number][] = [];
  for (const { changes, region } of plans) {
    for (const change of changes) {
      if (change.mode !== 'managed' || change.deposed !== undefined) continue;
      const sides = (['before', 'after'] as const).map((side) =>
        priceOf(change, side, { byName, links, region, prices }),
      );
      const [before, after] = sides;
      const { stack, address } = change;
      const why = [before, after].flatMap((side) => (side !== undefined && 'why' in side ? [side.why] : []))[0];
      const counts = change.action !== 'no-op' && change.action !== 'update';
      if (why !== undefined) {
        if (counts || (change.action === 'update' && 'why' in (after ?? {}) && hasPrice(change)))
          unpriced.push({ stack, address, why });
        continue;
      }
      const [was, is] = [before, after] as readonly (
        { readonly price: number; readonly usage: readonly string[] } | undefined
      )[];
      const difference = (is?.price ?? 0) - (was?.price ?? 0);
      if (Math.abs(difference) >= 0.005) lines.push({ stack, address, difference });
      if (change.before === undefined || change.after === undefined) {
        usage.push(...((is ?? was)?.usage ?? []).map((what) => ({ stack, address, what })));
      }
    }
  }
  const difference = lines.reduce((sum, line) => sum + line.difference, 0);
  return { currency: prices.currency, date: prices.date, difference, lines, usage, unpriced };
}

interface Around {
  readonly byName: ReadonlyMap<string, ResourceChange>;
  readonly links: Links;
  readonly region: string | undefined;
  readonly prices: PriceTable;
}

type Priced = { readonly price: number; readonly usage: readonly string[] } | { readonly why: string };

function priceOf(change: ResourceChange, side: 'before' | 'after', around: Around): Priced | undefined {
  const values = change[side];
  if (values === undefined) return undefined;
  const lookup = (argument: string): Json | undefined =>
    namedBy(change, argument, around.links)
      .map((name) => around.byName.get(name)?.[side])
      .find((found) => found !== undefined);
  const billed = billedOf(change.type, values, lookup);
  if (billed === undefined) return { why: `${change.type} is not in the price table, or not enough of it is known` };
  let price = 0;
  for (const { unit, amount } of billed.units) {
    const one = monthly(unit, around.region, around.prices);
    if (one === undefined) return { why: `the price table has no ${unit} for ${around.region ?? 'an unknown region'}` };
    price += one * amount;
  }
  return { price, usage: billed.usage };
}

/** An update of what is billed by its size may cost more; that of anything else is not worth a line. */
function hasPrice({ type }: ResourceChange): boolean {
  return /^aws_(?:instance|db_instance|rds_cluster\w*|ecs_service|elasticache_\w+|opensearch_domain|ebs_volume)$/.test(
    type,
  );
}
