import { type ConfigurationModule, type Json } from './schema.ts';

/** The expressions of each resource of the configuration by its address, without the keys of its instances. */
export function expressionsOf(module: ConfigurationModule | undefined, prefix = ''): ReadonlyMap<string, Json> {
  if (module === undefined) return new Map();
  return new Map([
    ...module.resources.map(({ address, expressions }) => [`${prefix}${address}`, expressions] as const),
    ...Object.entries(module.module_calls).flatMap(([name, { module: called }]) => [
      ...expressionsOf(called, `${prefix}module.${name}.`),
    ]),
  ]);
}

/** One block of the configuration stands for all instances of a `count` or `for_each`. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

/** The address of the module that an address is in, with a dot at its end; empty for the root. */
export function moduleOf(address: string): string {
  return /^(?:module\.[^.[]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)*/.exec(address)?.[0] ?? '';
}
