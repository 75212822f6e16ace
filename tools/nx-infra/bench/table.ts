import { type Round } from './plan.ts';

/** On two cores. */
const LEAST_RATIO = 1.4;

/** A Markdown table of what planning took: the ratio is the median of the rounds' ratios. */
export function renderPlans(rounds: readonly Round[]): string {
  const ratios = rounds.map(({ together, apart }) => apart / together).sort((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)] ?? Number.NaN;
  const verdict = ratio >= LEAST_RATIO ? 'met' : '**missed**';
  const seconds = (values: readonly number[]): string => values.map((value) => value.toFixed(1)).join(', ');
  return [
    '| all stacks, from an empty account | seconds, a round each | one after another ÷ it | limit |',
    '|---|---|---|---|',
    `| **infra:plan** | ${seconds(rounds.map(({ together }) => together))} | ${ratio.toFixed(2)} | ≥ ${LEAST_RATIO.toFixed(2)}: ${verdict} |`,
    `| terraform init, plan, show; one stack after another | ${seconds(rounds.map(({ apart }) => apart))} | | |`,
  ].join('\n');
}
