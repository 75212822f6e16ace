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
  return [{ type, address: shown.address, body: withoutRemains(body) }];
}

/** The arguments of an action that are of one type alone. */
const bodies: Readonly<Record<string, readonly string[]>> = {
  'authenticate-cognito': ['authenticate_cognito'],
  'authenticate-oidc': ['authenticate_oidc'],
  'jwt-validation': ['jwt_validation'],
  forward: ['forward', 'target_group_arn'],
  redirect: ['redirect'],
  'fixed-response': ['fixed_response'],
};

/**
 * Where the type of an action changes, the provider suppresses that the block of the former type goes
 * (internal/service/elbv2/listener.go, suppressIfDefaultActionTypeNot), so that a plan still has it beside the new one. It
 * is never sent: expandListenerActions takes that of the type.
 */
function withoutRemains(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) =>
      /^(?:default_)?action$/.test(name) && Array.isArray(value) ? [name, value.map(ofItsType)] : [name, value],
    ),
  );
}

function ofItsType(action: unknown): unknown {
  const parsed = values.safeParse(action);
  const own = parsed.success ? bodies[String(parsed.data['type'])] : undefined;
  if (!parsed.success || own === undefined) return action;
  const others = Object.values(bodies)
    .flat()
    .filter((name) => !own.includes(name));
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !others.includes(name)));
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
