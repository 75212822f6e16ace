import { globItems } from '../match/glob.ts';
import { type Listener } from '../model.ts';
import { type Taste } from './value.ts';

/** Hosts for examples: those asked for, those that the listeners speak of, and one for documentation (RFC 2606). */
export function tasteOf(hosts: readonly string[], ...listeners: readonly (Listener | undefined)[]): Taste {
  const named = listeners.flatMap((listener) =>
    (listener?.rules ?? []).flatMap(({ conditions }) =>
      conditions.flatMap((condition) => (condition.field === 'host-header' ? condition.values.map(instanceOf) : [])),
    ),
  );
  return { hosts: [...new Set([...hosts, ...named, 'www.example.com'].map((host) => host.toLowerCase()))] };
}

function instanceOf(pattern: string): string {
  return globItems(pattern, 'plain')
    .map((item) => (item === '*' ? 'www' : item === '?' ? 'a' : item.literal))
    .join('');
}
