import { expressionsOf, withoutKeys } from '../plan/configuration.ts';
import { type Json, type RawPlan } from '../plan/schema.ts';

/** A plan with the name of its stack. */
export interface NamedPlan {
  readonly stack: string;
  readonly plan: RawPlan;
}

/** What is derived from something secret, through whatever function, though no mark says so. */
export interface Taint {
  /** Whether the argument of that resource is. */
  readonly holds: (stack: string, address: string, argument: string) => boolean;
  readonly outputHolds: (stack: string, output: string) => boolean;
}

/**
 * Follows references from what is marked: from an output that is sensitive to whoever reads it from the remote state,
 * and on within that stack and out of it again. Terraform itself forgets the mark on the way from one state to another.
 */
export function taintOf(plans: readonly NamedPlan[]): Taint {
  const stacks = new Set(plans.map(({ stack }) => stack));
  const tainted = new Set<string>(plans.flatMap(sensitiveOutputs));
  const edges = plans.flatMap((plan) => edgesOf(plan, stacks));
  for (let size = -1; size !== tainted.size;) {
    size = tainted.size;
    for (const { from, to } of edges) if (from.some((each) => tainted.has(each))) tainted.add(to);
  }
  return {
    holds: (stack, address, argument) => tainted.has(nodeOf(stack, `${withoutKeys(address)}.${argument}`)),
    outputHolds: (stack, output) => tainted.has(outputNode(stack, output)),
  };
}

interface Edge {
  readonly from: readonly string[];
  readonly to: string;
}

const nodeOf = (stack: string, reference: string): string => `${stack} ${reference}`;
const outputNode = (stack: string, output: string): string => `${stack} output.${output}`;
/** For a remote state that is called otherwise than any stack of the review. */
const ANY = '*';

function sensitiveOutputs({ stack, plan }: NamedPlan): readonly string[] {
  const declared = plan.configuration?.root_module?.outputs ?? {};
  return Object.entries(plan.output_changes)
    .filter(
      ([name, change]) =>
        declared[name]?.sensitive === true || isMarked(change.before_sensitive) || isMarked(change.after_sensitive),
    )
    .flatMap(([name]) => [outputNode(stack, name), outputNode(ANY, name)]);
}

function isMarked(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(isMarked);
}

function edgesOf({ stack, plan }: NamedPlan, stacks: ReadonlySet<string>): readonly Edge[] {
  const root = plan.configuration?.root_module;
  const arguments_ = [...expressionsOf(root)].flatMap(([address, expressions]) =>
    Object.entries(expressions).map(([name, expression]) => ({
      from: referencesIn(expression).flatMap((reference) => nodesOf(reference, stack, stacks)),
      to: nodeOf(stack, `${address}.${name}`),
    })),
  );
  const outputs = Object.entries(root?.outputs ?? {}).flatMap(([name, { expression }]) => {
    const from = referencesIn(expression).flatMap((reference) => nodesOf(reference, stack, stacks));
    return [outputNode(stack, name), outputNode(ANY, name)].map((to) => ({ from, to }));
  });
  return [...arguments_, ...outputs].filter(({ from }) => from.length > 0);
}

function nodesOf(reference: string, stack: string, stacks: ReadonlySet<string>): readonly string[] {
  const remote = /^(?:data|local)\.terraform_remote_state\.([^.[]+)(?:\[[^\]]*\])?\.outputs\.([^.[]+)/.exec(reference);
  if (remote === null) {
    const [argument] = /^(?:data\.)?[^.]+\.[^.]+\.[^.]+/.exec(withoutKeys(reference)) ?? [];
    return argument === undefined ? [] : [nodeOf(stack, argument)];
  }
  const [, name = '', output = ''] = remote;
  return [outputNode(stacks.has(name) ? name : ANY, output)];
}

function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (typeof expression !== 'object' || expression === null) return [];
  const { references, ...blocks } = expression as Json;
  const own = Array.isArray(references) ? references.filter((each) => typeof each === 'string') : [];
  return [
    ...own,
    ...Object.entries(blocks).flatMap(([key, inner]) => (key === 'constant_value' ? [] : referencesIn(inner))),
  ];
}
