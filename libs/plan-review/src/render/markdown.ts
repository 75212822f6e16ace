import { type Finding, type Section } from '../model.ts';
import { type Review } from '../review.ts';
import { changesParts } from './changes-part.ts';
import { costPart } from './cost-part.ts';
import { code } from './escape.ts';
import { findingItem } from './finding-item.ts';
import { fit, type Part } from './item.ts';

/** Of a comment on GitHub. */
export const LIMIT = 65_536;

const verdicts: Readonly<Record<Review['verdict'], string>> = {
  stop: '**Stop.** This must not pass as it is',
  look: '**Look.** Somebody has to look at this',
  safe: '**Safe.** Nothing here opens, loses or permits anything',
};

const headings: readonly (readonly [section: Section, heading: string, empty: string])[] = [
  ['access', 'Access', 'Nobody gets anywhere that they did not get before.'],
  ['loss', 'Loss', 'Nothing is destroyed or replaced.'],
  ['widening', 'Widening', 'Nothing is newly permitted, and no protection goes.'],
];

/**
 * The review as GitHub shows Markdown, in the order a reviewer needs it.
 *
 * @param limit in characters; `Infinity` for the whole
 */
export function renderMarkdown(review: Review, limit: number = LIMIT): string {
  const { findings, stacks, cost } = review;
  const of = (section: Section): readonly Finding[] => findings.filter((finding) => finding.section === section);
  const parts: readonly Part[] = [
    { head: `# Plan review\n\n${verdictLine(review)}`, items: [], empty: '' },
    ...headings.flatMap(([section, heading, empty]) => sectionParts(heading, of(section), empty)),
    { head: `## Changes\n${unchangedLine(stacks)}`, items: of('changes').map(findingItem), empty: '' },
    ...stacks.flatMap(changesParts),
    costPart(cost),
  ];
  return fit(parts, limit);
}

/** More notes than these are shown on a click: they ask nothing of anybody. */
const MOST_NOTES = 3;

function sectionParts(heading: string, findings: readonly Finding[], empty: string): readonly Part[] {
  const notes = findings.filter(({ severity }) => severity === 'note');
  const others = findings.filter(({ severity }) => severity !== 'note');
  const head = `## ${heading}\n`;
  if (notes.length <= MOST_NOTES) return [{ head, items: findings.map(findingItem), empty }];
  return [
    { head, items: others.map(findingItem), empty: '' },
    {
      head: `<details><summary>${notes.length} notes</summary>\n`,
      items: notes.map(findingItem),
      empty: '',
      foot: '\n</details>\n',
    },
  ];
}

function unchangedLine(stacks: Review['stacks']): string {
  const unchanged = stacks.filter(({ changes, outputs }) => changes.length === 0 && outputs.length === 0);
  return unchanged.length === 0 ? '' : `\nNo changes in ${unchanged.map(({ stack }) => code(stack)).join(', ')}.\n`;
}

/** The verdict, and how many findings of each sort led to it. */
export function verdictLine({ verdict, findings }: Review): string {
  const count = (severity: Finding['severity']): string => {
    const kinds = new Map<string, number>();
    for (const finding of findings) {
      if (finding.severity === severity) kinds.set(finding.kind, (kinds.get(finding.kind) ?? 0) + 1);
    }
    const total = [...kinds.values()].reduce((sum, each) => sum + each, 0);
    const list = [...kinds].map(([kind, each]) => `${each} ${kind}`).join(', ');
    return total === 0 ? '' : `${severity} ${total} (${list})`;
  };
  const counts = (['stop', 'look', 'note'] as const).map(count).filter((text) => text !== '');
  return `${verdicts[verdict]}${counts.length === 0 ? '' : `: ${counts.join('; ')}`}.`;
}
