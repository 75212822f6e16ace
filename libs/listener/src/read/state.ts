import { z } from 'zod';
import { type ResourceType, resourceTypes, type TerraformResource, withoutAbsent } from './terraform-json.ts';

const values = z.record(z.string(), z.unknown());

const shownResource = z.looseObject({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  values: values.default({}),
});

/** A module of `values`, `planned_values` or `prior_state`, with those it calls. */
export interface ShownModule {
  readonly resources: readonly z.output<typeof shownResource>[];
  readonly child_modules: readonly ShownModule[];
}

const shownModule: z.ZodType<ShownModule> = z.looseObject({
  resources: z.array(shownResource).default([]),
  get child_modules() {
    return z.array(shownModule).default([]);
  },
});

export const shownValues = z.looseObject({ root_module: shownModule.optional() });

const shownState = z.looseObject({ format_version: z.string(), values: shownValues.optional() });

const storedState = z.looseObject({
  version: z.literal(4),
  resources: z.array(
    z.looseObject({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.looseObject({
          index_key: z.union([z.string(), z.number()]).optional(),
          deposed: z.string().optional(),
          attributes: values.default({}),
        }),
      ),
    }),
  ),
});

/** The load balancers' resources of a state. @throws ZodError */
export function readState(json: unknown): readonly TerraformResource[] {
  const stored = storedState.safeParse(json);
  if (!stored.success) return resourcesOf(shownState.parse(json).values);
  return stored.data.resources.flatMap(({ module, mode, type, name, instances }) =>
    instances
      // What a failed replacement left behind is not what requests meet.
      .filter(({ deposed }) => deposed === undefined)
      .flatMap(({ index_key: key, attributes }) => {
        const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
        const address = `${module === undefined ? '' : `${module}.`}${type}.${name}${index}`;
        return resourceOf({ address, mode, type, values: attributes });
      }),
  );
}

/** The load balancers' resources of a root module and of all it calls. */
export function resourcesOf(shown: z.output<typeof shownValues> | undefined): readonly TerraformResource[] {
  const ofModule = (module: ShownModule): readonly TerraformResource[] => [
    ...module.resources.flatMap(resourceOf),
    ...module.child_modules.flatMap(ofModule),
  ];
  return shown?.root_module === undefined ? [] : ofModule(shown.root_module);
}

function resourceOf(shown: z.output<typeof shownResource>): readonly TerraformResource[] {
  const type: ResourceType | undefined = shown.mode === 'managed' ? resourceTypes.get(shown.type) : undefined;
  if (type === undefined) return [];
  const body = evaluated(withoutAbsent(shown.values)) as Readonly<Record<string, unknown>>;
  return [{ type, address: shown.address, body }];
}

/** Numbers that begin with 1, so that the provider's 0 says that there is none. */
const neverZero = new Set(['order', 'session_timeout']);

/**
 * Values as they would be written: what the provider does not know it keeps as an empty text or 0, but for the query of a
 * redirect, which may be empty; and `${` is no template in what Terraform has evaluated.
 */
function evaluated(value: unknown, block = ''): unknown {
  if (typeof value === 'string') return value.replaceAll(/[$%]\{/g, (found) => `${found.charAt(0)}${found}`);
  if (Array.isArray(value)) return value.map((element) => evaluated(element, block));
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(
    ([key, inner]) =>
      (inner !== '' || (block === 'redirect' && key === 'query')) && !(inner === 0 && neverZero.has(key)),
  );
  return Object.fromEntries(present.map(([key, inner]) => [key, evaluated(inner, key)]));
}
