import { type SynthesizedStack, type SynthesizedStacks } from '../../synth/manifest.ts';

/** Stacks that stand on no other of the same wave, so that they are applied together. */
export type Wave = readonly SynthesizedStack[];

/**
 * The stacks in the order in which they are applied: each in the first wave after those of all stacks under it. Only
 * what somebody waits for goes first: a stack that nothing stands on yet is in the first wave all the same.
 *
 * @param stacks each after those it depends on; what is not among them counts as applied
 */
export function wavesOf(stacks: SynthesizedStacks): readonly Wave[] {
  const depth = new Map<string, number>();
  for (const { name, dependencies } of stacks.values()) {
    const under = dependencies.map((dependency) => depth.get(dependency) ?? -1);
    depth.set(name, Math.max(-1, ...under) + 1);
  }
  const waves: SynthesizedStack[][] = [];
  for (const stack of stacks.values()) (waves[depth.get(stack.name) ?? 0] ??= []).push(stack);
  return waves;
}
