import { type Links } from '../plan/links.ts';
import { type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';

/** A resource before and after, of which only what is given differs from nothing in particular. */
export function changeOf(
  address: string,
  before: Json | undefined,
  after: Json | undefined,
  more: Partial<ResourceChange> = {},
): ResourceChange {
  const [type = '', name = ''] = address.split('.');
  const action =
    before === undefined ? 'create' : after === undefined ? 'delete' : before === after ? 'no-op' : 'update';
  return {
    stack: 'app',
    address,
    mode: 'managed',
    type,
    name,
    module: '',
    action,
    before,
    after,
    replacePaths: [],
    written: undefined,
    ...more,
  };
}

/** Knows resources of the stack `app` by reference alone. */
export const byReference: Links = {
  find: (stack, value) => {
    const [, address] = /^\$\{(\w+\.\w+)\.\w+\}$/.exec(String(value)) ?? [];
    return address === undefined ? undefined : `${stack}/${address}`;
  },
};

/** Of findings, what tests look at. */
export function kindsOf(findings: readonly { readonly severity: string; readonly kind: string }[]): readonly string[] {
  return findings.map(({ severity, kind }) => `${severity} ${kind}`);
}
