/** A line of a review that can be left out by itself. */
export interface Item {
  /** The more, the longer it stays. */
  readonly importance: number;
  readonly text: string;
}

/** A part of a review with a heading. */
export interface Part {
  /** What stays in any case: the heading, what is counted. */
  readonly head: string;
  readonly items: readonly Item[];
  /** What is below the items. @default nothing */
  readonly foot?: string;
  /** What is said where there are no items. */
  readonly empty: string;
}

/** Of one line; longer ones are cut, and are whole in the artefact. */
const LONGEST_ITEM = 1500;
/** What is said in place of what was left out, with room for a large number. */
const leftOut = (count: number): string =>
  `\n_${count} more ${count === 1 ? 'is' : 'are'} left out here, as a comment has its limit: the whole is in the artefact of this review._\n`;

/**
 * The parts as one text of no more than that many characters: where they are longer, the least important lines go, the
 * last ones first, and it says how many.
 */
export function fit(parts: readonly Part[], limit: number): string {
  const all = parts.flatMap((part, index) => part.items.map((item) => ({ item: cut(item), index })));
  const whole = render(
    parts,
    parts.map(({ items }) => items.map(({ text }) => text)),
  );
  if (whole.length <= limit) return whole;
  let room =
    limit -
    render(
      parts,
      parts.map(() => []),
    ).length -
    parts.length * leftOut(999_999).length;
  const kept = parts.map((): Set<string> => new Set());
  for (const { item, index } of all.toSorted((one, other) => other.item.importance - one.item.importance)) {
    if (item.text.length + 1 > room) break;
    room -= item.text.length + 1;
    kept[index]?.add(item.text);
  }
  return render(
    parts,
    parts.map(({ items }, index) => items.map((item) => cut(item).text).filter((text) => kept[index]?.has(text))),
  );
}

function cut(item: Item): Item {
  return item.text.length <= LONGEST_ITEM
    ? item
    : { ...item, text: `${item.text.slice(0, LONGEST_ITEM - 1).replace(/[`\\&<][^`\\&<]*$/, '')}…` };
}

function render(parts: readonly Part[], texts: readonly (readonly string[])[]): string {
  return parts
    .map(({ head, items, foot = '', empty }, index) => {
      const shown = texts[index] ?? [];
      const missing = items.length - shown.length;
      if (items.length === 0) return `${head}\n${empty}\n`;
      return `${head}\n${shown.join('\n')}\n${missing > 0 ? leftOut(missing) : ''}${foot}`;
    })
    .join('\n');
}
