import { type ChangedResource } from '../changes/changed-resource.ts';
import { type Difference } from '../changes/difference.ts';
import { describeValue } from '../describe-value.ts';
import { type ReviewedStack } from '../review.ts';
import { code, prose } from './escape.ts';
import { type Item, type Part } from './item.ts';

/** Of one resource; the rest is counted. */
const MOST_DIFFERENCES = 12;

const words: Readonly<Record<ChangedResource['action'], string>> = {
  'no-op': '',
  create: 'create',
  read: 'read',
  update: 'change',
  delete: 'destroy',
  'delete-then-create': 'replace',
  'create-then-delete': 'replace, new one first',
  forget: 'let go of',
  'create-then-forget': 'replace, let go of the old one',
};

/** The table of a stack, its drift apart from what is intended, and what the plan takes for granted. */
export function changesParts({ stack, changes, drift, outputs, assumptions }: ReviewedStack): readonly Part[] {
  const assumed = assumptions
    .map(({ name, because }) => `${code(name)} (${prose(because.replaceAll('-', ' '))})`)
    .join(', ');
  return [
    ...(assumptions.length === 0
      ? []
      : [
          {
            head: '',
            items: [{ importance: 300, text: `${code(stack)} is planned on assumptions: ${assumed}.` }],
            empty: '',
          },
        ]),
    ...(changes.length === 0 && outputs.length === 0
      ? []
      : [
          folded(`${prose(stack)}: ${summary(changes, outputs)}`, [
            ...changes.map((change) => row(change, change.action === 'create' ? 50 : 100)),
            ...outputs.map(outputRow),
          ]),
        ]),
    ...(drift.length === 0
      ? []
      : [
          folded(
            `${prose(stack)}: ${drift.length} changed outside of Terraform since the last apply`,
            drift.map((change) => row(change, 150)),
          ),
        ]),
  ];
}

/** A table that is shown on a click. */
function folded(title: string, items: readonly Item[]): Part {
  const head = `<details><summary>${title}</summary>\n\n| | resource | what |\n|---|---|---|`;
  return { head, items, empty: '', foot: '\n</details>\n' };
}

function summary(changes: readonly ChangedResource[], outputs: readonly Difference[]): string {
  const counts = new Map<string, number>();
  for (const { action, previousAddress } of changes) {
    const word = words[action].split(',')[0] || (previousAddress === undefined ? 'import' : 'move');
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const resources = [...counts].map(([word, count]) => `${count} to ${word}`);
  return [...resources, ...(outputs.length === 0 ? [] : [`${outputs.length} of its outputs`])].join(', ');
}

function outputRow(difference: Difference): Item {
  const { path, before, after } = difference;
  return {
    importance: 60,
    text: `| output | ${code(path)} | ${code(describeValue(before))} → ${code(describeValue(after))} |`,
  };
}

function row(change: ChangedResource, importance: number): Item {
  const { address, action, previousAddress, importing, differences, folded } = change;
  const verbs = [
    words[action],
    ...(previousAddress === undefined ? [] : [`move from ${code(previousAddress)}`]),
    ...(importing === undefined ? [] : [`import ${code(importing)}`]),
  ].filter((verb) => verb !== '');
  const shown = differences
    .slice(0, MOST_DIFFERENCES)
    .map(({ path, before, after }) => `${code(path)}: ${code(describeValue(before))} → ${code(describeValue(after))}`);
  const more = differences.length - shown.length;
  const cells = [
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(folded > 0 ? [`${folded} folded (tags, computed)`] : []),
  ];
  const nothing = action === 'update' && cells.length === 0 ? 'nothing that is shown: a value that is kept back' : '';
  return { importance, text: `| ${verbs.join(', ')} | ${code(address)} | ${cells.join('<br>') || nothing} |` };
}
