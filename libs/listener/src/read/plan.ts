import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { resourcesOf, shownValues } from './state.ts';
import { type TerraformResource } from './terraform-json.ts';

const tree: z.ZodType<Tree> = z.record(z.string(), z.unknown());
type Tree = Readonly<Record<string, unknown>>;

/** The configuration's module: the expressions of its resources, and the modules it calls. */
interface ConfigurationModule {
  readonly resources: readonly { readonly address: string; readonly expressions: Tree }[];
  readonly module_calls: Readonly<Record<string, { readonly module: ConfigurationModule }>>;
}

const configurationModule: z.ZodType<ConfigurationModule> = z.looseObject({
  resources: z.array(z.looseObject({ address: z.string(), expressions: tree.default({}) })).default([]),
  get module_calls() {
    return z.record(z.string(), z.looseObject({ module: configurationModule })).default({});
  },
});

const plan = z.looseObject({
  errored: z.boolean().default(false),
  planned_values: shownValues,
  prior_state: z.looseObject({ values: shownValues.optional() }).optional(),
  resource_changes: z
    .array(z.looseObject({ address: z.string(), change: z.looseObject({ after_unknown: z.unknown() }) }))
    .default([]),
  configuration: z.looseObject({ root_module: configurationModule.optional() }).optional(),
});

/** What a plan knows of the load balancers before and after. */
export interface PlannedResources {
  readonly before: readonly TerraformResource[];
  /** What is known only after the apply is a reference, as in the configuration: `${aws_lb.alb.arn}`. */
  readonly resources: readonly TerraformResource[];
}

/** @throws ZodError, ListenerError `NOT_TERRAFORM_JSON` */
export function readPlan(json: unknown): PlannedResources {
  const read = plan.parse(json);
  if (read.errored) {
    throw new ListenerError('NOT_TERRAFORM_JSON', '', {
      what: 'The plan ended with an error',
      why: 'What it lacks would be taken for what is not there',
      mend: 'Mend the error and plan again',
    });
  }
  const unknown = new Map(read.resource_changes.map(({ address, change }) => [address, change.after_unknown]));
  const expressions = expressionsOf(read.configuration?.root_module, '');
  return {
    before: resourcesOf(read.prior_state?.values),
    resources: resourcesOf(read.planned_values).map((resource) => {
      const template = expressions.get(withoutIndices(resource.address));
      const body = withReferences(resource.body, unknown.get(resource.address), template, {
        module: /^(?:module\.[^.]+\.)*/.exec(resource.address)?.[0] ?? '',
        fallback: resource.address,
      });
      return { ...resource, body: body as Tree };
    }),
  };
}

function expressionsOf(module: ConfigurationModule | undefined, prefix: string): ReadonlyMap<string, Tree> {
  if (module === undefined) return new Map();
  return new Map([
    ...module.resources.map(({ address, expressions }) => [`${prefix}${address}`, expressions] as const),
    ...Object.entries(module.module_calls).flatMap(([name, call]) => [
      ...expressionsOf(call.module, `${prefix}module.${name}.`),
    ]),
  ]);
}

/** One block of the configuration stands for all instances of a `count` or `for_each`. */
function withoutIndices(address: string): string {
  return address.replaceAll(/\[[^\]]*\]/g, '');
}

interface Origin {
  /** The address of the module that the references are relative to, with a dot at its end, or empty. */
  readonly module: string;
  /** Names a value whose expression is not told. */
  readonly fallback: string;
}

/**
 * The value with each part that is known only after the apply replaced by the reference that it comes from. What is not
 * written in the configuration stays out: it will be what AWS makes of it, as in configuration that does not say it.
 */
function withReferences(value: unknown, unknown: unknown, expression: unknown, origin: Origin): unknown {
  if (unknown === true) return referenceOf(expression, origin);
  if (Array.isArray(unknown)) {
    const known = Array.isArray(value) ? (value as unknown[]) : [];
    const expressions = Array.isArray(expression) ? aligned(expression as unknown[], known) : [expression];
    return Array.from({ length: Math.max(known.length, unknown.length) }, (_, index) =>
      withReferences(known[index], unknown[index], expressions[index], {
        ...origin,
        fallback: `${origin.fallback}[${index}]`,
      }),
    );
  }
  if (typeof unknown !== 'object' || unknown === null) return value;
  const known = (value ?? {}) as Tree;
  const written = typeof expression === 'object' && expression !== null ? (expression as Tree) : undefined;
  const replaced = Object.entries(unknown)
    .filter(([key, part]) => holdsUnknown(part) && (written === undefined || key in written))
    .map(([key, part]) => {
      const from = { ...origin, fallback: `${origin.fallback}.${key}` };
      return [key, withReferences(known[key], part, written?.[key], from)] as const;
    });
  return { ...known, ...Object.fromEntries(replaced) };
}

/**
 * The expressions of blocks in the order of their values: Terraform sorts the blocks of a set, so that their places say
 * nothing and their constants have to. A value for which none is left gets none.
 */
function aligned(expressions: readonly unknown[], values: readonly unknown[]): readonly unknown[] {
  const left = new Set(expressions.keys());
  return values.map((value, index) => {
    const fits = (candidate: number): boolean => left.has(candidate) && constantsFit(expressions[candidate], value);
    const found = fits(index) ? index : [...left].find(fits);
    if (found === undefined) return undefined;
    left.delete(found);
    return expressions[found];
  });
}

function constantsFit(expression: unknown, value: unknown): boolean {
  if (typeof expression !== 'object' || expression === null || typeof value !== 'object' || value === null) return true;
  return Object.entries(expression).every(([key, part]) => {
    // A template of JSON syntax is called constant too, and has references.
    if (typeof part !== 'object' || part === null || !('constant_value' in part) || 'references' in part) return true;
    return JSON.stringify((part as Tree)['constant_value']) === JSON.stringify((value as Tree)[key]);
  });
}

function holdsUnknown(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === true;
  return Object.values(part).some(holdsUnknown);
}

function referenceOf(expression: unknown, { module, fallback }: Origin): string {
  const references = z.looseObject({ references: z.array(z.string()).min(1) }).safeParse(expression);
  const [first] = references.success ? references.data.references : [];
  if (first === undefined) return `\${${fallback}}`;
  return /^(?:var|local|data|each|count|path|terraform|self)\./.test(first) ? `\${${first}}` : `\${${module}${first}}`;
}
