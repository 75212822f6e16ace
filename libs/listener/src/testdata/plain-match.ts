import { type Patterns, type QueryStringValue } from '../model.ts';

/** The plainest matching of the parts of a request: it shares nothing with the library's. */

const globs = new Map<string, RegExp>();

function glob(pattern: string, text: string, escapes: boolean): boolean {
  const key = `${escapes}${pattern}`;
  const known = globs.get(key);
  if (known !== undefined) return known.test(text);
  const source = pattern.replaceAll(/\\[*?]|[^\w]/g, (found) => {
    if (found.length === 2) return escapes ? found : `\\\\${found === '\\*' ? '.*' : '.'}`;
    return found === '*' ? '.*' : found === '?' ? '.' : `\\${found}`;
  });
  const made = new RegExp(`^${source}$`);
  globs.set(key, made);
  return made.test(text);
}

type Test = (text: string) => boolean;

export function patternTests({ values, regexValues = [] }: Patterns): readonly (readonly [string, Test])[] {
  return [
    ...values.map((value) => [`glob ${value}`, (text: string) => glob(value, text, false)] as const),
    ...regexValues.map((regex) => [`regex ${regex}`, (text: string) => new RegExp(regex).test(text)] as const),
  ];
}

export function pairMeets(wanted: QueryStringValue, pair: string): boolean {
  const [key = '', ...rest] = pair.split('=');
  return (wanted.key === undefined || glob(wanted.key, key, true)) && glob(wanted.value, rest.join('='), true);
}

export function inNetwork(network: string, address: string): boolean {
  switch (network) {
    case '10.0.0.0/8':
      return address.startsWith('10.');
    case '10.1.0.0/16':
      return address.startsWith('10.1.');
    case '0.0.0.0/0':
      return !address.includes(':');
    case '2001:db8::/32':
      return address.startsWith('2001:db8:');
    default:
      return address.includes(':');
  }
}
