import { type Json } from './house.ts';

/** Configuration by the paths of its files. */
export type Files = Readonly<Record<string, Json>>;

/** A plan of something else than the stacks: Terraform's own provider, modules, count, and what is rare. */
export interface Shape {
  readonly name: string;
  /** What is applied before; where some of that fails, what is left. @default nothing */
  readonly applied?: Files;
  /** What is planned. */
  readonly planned: Files;
  /** @default change */
  readonly mode?: 'change' | 'destroy';
  /** The address of the one resource that is planned. @default all */
  readonly target?: string;
  /** Addresses of what is made anew, asked for and not needed. @default none */
  readonly replace?: readonly string[];
  /** Whether Terraform refuses to plan all of it. @default false */
  readonly fails?: boolean;
}

const data = (resources: Json, more: Json = {}): Files => ({
  'main.tf.json': { resource: { terraform_data: resources }, ...more },
});
const passing = { condition: '${terraform_data.limit.input < 10}', error_message: 'The limit is below ten' };

/** A module in a module, both many times. */
const nested = (sizes: Json, count: number, more: Json = {}): Files => ({
  'main.tf.json': {
    variable: { password: { default: 'canary-in-a-variable', sensitive: true } },
    module: {
      shop: { source: './modules/shop', count, sizes, password: '${var.password}' },
    },
    output: { sizes: { value: '${module.shop[*].sizes}' } },
    ...more,
  },
  'modules/shop/main.tf.json': {
    variable: { sizes: {}, password: { sensitive: true } },
    module: { shelf: { source: '../shelf', for_each: '${var.sizes}', size: '${each.value}' } },
    resource: { terraform_data: { door: { count: 2, input: { at: '${count.index}', key: '${var.password}' } } } },
    output: { sizes: { value: '${{ for name, shelf in module.shelf : name => shelf.size }}' } },
  },
  'modules/shelf/main.tf.json': {
    variable: { size: {} },
    resource: {
      terraform_data: {
        shelf: { for_each: '${toset(["left", "right/low"])}', input: '${var.size}', triggers_replace: '${var.size}' },
      },
    },
    output: { size: { value: '${var.size}' } },
  },
});

/** What a review has to be able to read, or to refuse. */
export const SHAPES: readonly Shape[] = [
  { name: 'nested-modules', planned: nested({ books: 1, 'toys & "games"': 2 }, 2) },
  {
    name: 'nested-modules-fewer',
    applied: nested({ books: 1, 'toys & "games"': 2 }, 2),
    planned: nested({ books: 3 }, 1),
  },
  {
    name: 'nested-modules-moved',
    applied: nested({ books: 1 }, 1),
    planned: nested({ volumes: 1 }, 1, {
      moved: [{ from: 'module.shop[0].module.shelf["books"]', to: 'module.shop[0].module.shelf["volumes"]' }],
    }),
  },
  {
    name: 'nested-modules-destroyed',
    applied: nested({ books: 1 }, 1),
    planned: nested({ books: 1 }, 1),
    mode: 'destroy',
  },
  {
    name: 'count-fewer',
    applied: data({ thing: { count: 3, input: '${count.index}' } }),
    planned: data({ thing: { count: 2, input: '${count.index}' } }),
  },
  {
    name: 'count-to-for-each',
    applied: data({ thing: { count: 2, input: '${count.index}' } }),
    planned: data(
      { thing: { for_each: '${toset(["0", "1"])}', input: '${tonumber(each.key)}' } },
      { moved: [{ from: 'terraform_data.thing[0]', to: 'terraform_data.thing["0"]' }] },
    ),
  },
  {
    name: 'imported-builtin',
    planned: data({ thing: { input: 'mine' } }, { import: [{ to: 'terraform_data.thing', id: 'made-elsewhere' }] }),
  },
  {
    name: 'removed-and-kept',
    applied: data({ thing: { input: 1 }, other: { input: 2 } }),
    planned: data(
      { other: { input: 2 } },
      { removed: [{ from: 'terraform_data.thing', lifecycle: { destroy: false } }] },
    ),
  },
  {
    name: 'removed-and-destroyed',
    applied: data({ thing: { input: 1 }, other: { input: 2 } }),
    planned: data(
      { other: { input: 2 } },
      { removed: [{ from: 'terraform_data.thing', lifecycle: { destroy: true } }] },
    ),
  },
  {
    name: 'check-passes',
    planned: data({ limit: { input: 5 } }, { check: { limit: { assert: [passing] } } }),
  },
  {
    name: 'check-fails-builtin',
    planned: data({ limit: { input: 50 } }, { check: { limit: { assert: [passing] } } }),
  },
  {
    name: 'check-is-not-known-yet',
    planned: data(
      { limit: { input: 5 } },
      { check: { limit: { assert: [{ ...passing, condition: '${terraform_data.limit.output < 10}' }] } } },
    ),
  },
  {
    name: 'targeted',
    applied: data({ one: { input: 1 }, two: { input: 1 } }),
    planned: data({ one: { input: 2 }, two: { input: 2 } }),
    target: 'terraform_data.one',
  },
  {
    name: 'replaced-on-request',
    applied: data({ thing: { input: 1 } }),
    planned: data({ thing: { input: 1 } }),
    replace: ['terraform_data.thing'],
  },
  {
    name: 'replaced-by-another',
    applied: data({ cause: { input: 1 }, thing: { input: 1 } }),
    planned: data({
      cause: { input: 2 },
      thing: { input: 1, lifecycle: { replace_triggered_by: ['terraform_data.cause'] } },
    }),
  },
  {
    name: 'replaced-new-one-first',
    applied: data({ thing: { triggers_replace: 1, lifecycle: { create_before_destroy: true } } }),
    planned: data({ thing: { triggers_replace: 2, lifecycle: { create_before_destroy: true } } }),
  },
  {
    name: 'tainted',
    applied: data({ thing: { input: 1, provisioner: [{ 'local-exec': { command: 'exit 1' } }] } }),
    planned: data({ thing: { input: 1 } }),
  },
  {
    name: 'outputs-alone',
    applied: data({ thing: { input: 1 } }, { output: { shown: { value: 'before' }, gone: { value: 1 } } }),
    planned: data({ thing: { input: 1 } }, { output: { shown: { value: 'after' }, come: { value: [1] } } }),
  },
  {
    name: 'secret-in-an-output',
    planned: data(
      { thing: { input: { user: 'shop', password: '${var.secret}' } } },
      {
        variable: { secret: { default: 'canary-in-an-output', sensitive: true } },
        output: { all: { value: '${terraform_data.thing.input}', sensitive: true } },
      },
    ),
  },
  {
    name: 'errored-by-a-precondition',
    applied: data({ limit: { input: 5 }, thing: { input: 1 } }),
    planned: data({
      limit: { input: 50 },
      thing: { input: 2, lifecycle: { precondition: [passing] } },
    }),
    fails: true,
  },
  {
    name: 'errored-by-a-protection',
    applied: data({ thing: { triggers_replace: 1 }, other: { input: 1 } }),
    planned: data({ thing: { triggers_replace: 2, lifecycle: { prevent_destroy: true } }, other: { input: 2 } }),
    fails: true,
  },
];
