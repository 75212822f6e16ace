import { type Cost } from '../cost/cost.ts';
import { code, prose } from './escape.ts';
import { type Part } from './item.ts';

/** What it costs more or less in a month, what of it depends on use, and what has no price here. */
export function costPart({ currency, date, difference, lines, usage, unpriced }: Cost): Part {
  const sum =
    lines.length === 0
      ? 'no difference in what is billed for being there'
      : `${signed(difference)} ${currency} a month`;
  const besides = [
    ...(usage.length === 0 ? [] : ['what depends on use']),
    ...(unpriced.length === 0 ? [] : [`${unpriced.length} without a known price`]),
  ].join(' and ');
  const items = [
    ...lines
      .toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference))
      .map(({ stack, address, difference: each }) => ({
        importance: 90,
        text: `- ${signed(each)} ${currency}: ${code(`${stack}/${address}`)}`,
      })),
    ...unpriced.map(({ stack, address, why }) => ({
      importance: 95,
      text: `- price not known: ${code(`${stack}/${address}`)}, as ${prose(why)}`,
    })),
    ...usage.map(({ stack, address, what }) => ({
      importance: 40,
      text: `- by use: ${prose(what)} (${code(`${stack}/${address}`)})`,
    })),
  ];
  return {
    head: `## Cost\n\n**${sum}**${besides === '' ? '' : `, and besides ${besides}`}; prices of ${date}, on demand.\n`,
    items,
    empty: '',
  };
}

function signed(amount: number): string {
  const text = Math.abs(amount).toFixed(2);
  return amount < 0 ? `−${text}` : `+${text}`;
}
