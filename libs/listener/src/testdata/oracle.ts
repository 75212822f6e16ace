import { type Condition, type Listener, type ListenerRequest, type Patterns, type Rule } from '../model.ts';
import { inNetwork, pairMeets, patternTests } from './plain-match.ts';

/** Tells what a listener does by trying every request of a small world, with a matcher of its own. */

/** Every text over the symbols, up to the length. */
function texts(symbols: readonly string[], length: number): readonly string[] {
  let layer = [''];
  const all = [...layer];
  for (let round = 0; round < length; round += 1) {
    layer = layer.flatMap((text) => symbols.map((symbol) => text + symbol));
    all.push(...layer);
  }
  return all;
}

const allPaths = texts(['a', 'b', '/', 'z'], 4).map((rest) => `/${rest}`);
const allHosts = texts(['a', 'b', 'z'], 4).flatMap((label) => [`${label}.b`, label]);
const words = texts(['a', 'b', 'z'], 3).map((word) => [word]);
const allFields = [[], ...words, ...pairs(texts(['a', 'b', 'z'], 2))];
const keyed = texts(['a', 'b', 'z'], 1).flatMap((key) =>
  texts(['a', 'b', '*', 'z'], 2).map((value) => `${key}=${value}`),
);
const keys = texts(['a', 'b', 'z'], 2).filter((key) => key !== '');
const allQueries = [
  [],
  ...[...keyed, ...keys].map((pair) => [pair]),
  ...pairs(keyed.filter((pair) => pair.length <= 3)),
];

function pairs(all: readonly string[]): readonly (readonly string[])[] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other]));
}

/** A value of one part of a request, and which conditions of the listeners it meets. */
interface Kind<T> {
  readonly value: T;
  readonly met: ReadonlySet<Condition>;
}

/** Which of a part's values an alternative of a condition is met by; worked out once for all listeners. */
const vectors = new Map<string, Uint8Array>();

function vectorOf<T>(part: Part<T>, alternative: string, meets: (value: T) => boolean): Uint8Array {
  const key = `${part.name} ${alternative}`;
  const known = vectors.get(key);
  if (known !== undefined) return known;
  const vector = Uint8Array.from(part.values, (value) => Number(meets(value)));
  vectors.set(key, vector);
  return vector;
}

/** A part of a request, and all values of it in this world. */
interface Part<T> {
  readonly name: string;
  readonly values: readonly T[];
  /** What each alternative of a condition asks of a value; undefined for a condition of another part. */
  readonly alternatives: (condition: Condition) => readonly (readonly [string, (value: T) => boolean])[] | undefined;
}

/** One value of each kind: values that meet the same conditions are answered alike. */
function kinds<T>(part: Part<T>, conditions: readonly Condition[]): readonly Kind<T>[] {
  const concerned = conditions.flatMap((condition) => {
    const alternatives = part.alternatives(condition);
    if (alternatives === undefined) return [];
    return [{ condition, held: alternatives.map(([key, meets]) => vectorOf(part, key, meets)) }];
  });
  const found = new Map<string, Kind<T>>();
  for (const [index, value] of part.values.entries()) {
    if (concerned.length === 0 && index > 0) break;
    let key = '';
    for (const { held } of concerned) key += held.some((vector) => vector[index] === 1) ? '1' : '0';
    if (found.has(key)) continue;
    const met = new Set(concerned.flatMap(({ condition }, place) => (key[place] === '1' ? [condition] : [])));
    found.set(key, { value, met });
  }
  return [...found.values()];
}

const pathPart: Part<string> = {
  name: 'path',
  values: allPaths,
  alternatives: (condition) => (condition.field === 'path-pattern' ? patternTests(condition) : undefined),
};

const hostPart: Part<string> = {
  name: 'host',
  values: allHosts,
  alternatives: (condition) => (condition.field === 'host-header' ? patternTests(condition) : undefined),
};

const methodPart: Part<string> = {
  name: 'method',
  values: ['GET', 'POST', 'PUT'],
  alternatives: (condition) =>
    condition.field === 'http-request-method'
      ? condition.values.map((method) => [method, (value) => value === method] as const)
      : undefined,
};

const sourcePart: Part<string> = {
  name: 'source',
  values: ['10.0.0.1', '10.1.0.1', '192.0.2.1', '2001:db8::1', '2001:db9::1'],
  alternatives: (condition) =>
    condition.field === 'source-ip'
      ? condition.values.map((network) => [network, (value) => inNetwork(network, value)] as const)
      : undefined,
};

const queryPart: Part<readonly string[]> = {
  name: 'query',
  values: allQueries,
  alternatives: (condition) =>
    condition.field === 'query-string'
      ? condition.values.map(
          (wanted) => [JSON.stringify(wanted), (all) => all.some((pair) => pairMeets(wanted, pair))] as const,
        )
      : undefined,
};

const headerPart = (name: string): Part<readonly string[]> => ({
  name: 'header',
  values: allFields,
  alternatives: (condition) =>
    condition.field === 'http-header' && condition.name.toLowerCase() === name
      ? patternTests(condition).map(([key, test]) => [key, (fields) => fields.some(test)] as const)
      : undefined,
});

/** Every request of the world that the listeners could tell apart, with the conditions it meets. */
export function* requests(
  listeners: readonly Listener[],
): Generator<{ readonly request: ListenerRequest; readonly met: (condition: Condition) => boolean }> {
  const conditions = listeners.flatMap(({ rules }) => rules.flatMap(({ conditions }) => conditions));
  const [one, two] = [kinds(headerPart('x-one'), conditions), kinds(headerPart('x-two'), conditions)];
  const queried = kinds(queryPart, conditions);
  const [paths, hosts] = [kinds(pathPart, conditions), kinds(hostPart, conditions)];
  const [methods, sources] = [kinds(methodPart, conditions), kinds(sourcePart, conditions)];
  for (const path of paths)
    for (const host of hosts)
      for (const method of methods)
        for (const source of sources)
          for (const first of one)
            for (const second of two)
              for (const query of queried) {
                const met = [path, host, method, source, first, second, query].map((kind) => kind.met);
                yield {
                  request: {
                    path: path.value,
                    host: host.value,
                    method: method.value,
                    sourceIp: source.value,
                    query: query.value.join('&'),
                    headers: [
                      ...first.value.map((value) => ['x-one', value] as const),
                      ...second.value.map((value) => ['X-Two', value] as const),
                    ],
                  },
                  met: (condition) => met.some((set) => set.has(condition)),
                };
              }
}

/** The rule that takes a request, by the plainest reading of the guide. */
export function ruleOf(listener: Listener, met: (condition: Condition) => boolean): Rule {
  return listener.rules.find(({ conditions }) => conditions.every(met)) as Rule;
}

/** The same for any one request, such as a witness. */
export function ruleFor(listener: Listener, request: ListenerRequest): Rule {
  const meetsAny = (condition: Condition & Patterns, text: string): boolean =>
    patternTests(condition).some(([, test]) => test(text));
  return ruleOf(listener, (condition) => {
    switch (condition.field) {
      case 'path-pattern':
        return meetsAny(condition, request.path);
      case 'host-header':
        return meetsAny(condition, request.host);
      case 'http-request-method':
        return condition.values.includes(request.method);
      case 'source-ip':
        return condition.values.some((network) => inNetwork(network, request.sourceIp));
      case 'http-header':
        return request.headers.some(
          ([name, value]) => name.toLowerCase() === condition.name.toLowerCase() && meetsAny(condition, value),
        );
      case 'query-string':
        return (request.query === '' ? [] : request.query.split('&')).some((pair) =>
          condition.values.some((wanted) => pairMeets(wanted, pair)),
        );
    }
  });
}

/** What Jest's matchers do, in a fraction of their time. */
export function same(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${one} is not ${other}`);
}
