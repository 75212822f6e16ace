/** A line of a review that can be left out by itself. */
export interface Item {
  /** The more, the longer it stays. */
  readonly importance: number;
  readonly text: string;
  /** Stands behind the text where there is room when all texts are there. @default nothing */
  readonly more?: string;
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
  const all = parts.flatMap((part, index) => part.items.map((item, place) => ({ item: cut(item), index, place })));
  const whole = render(
    parts,
    parts.map(({ items }) => items.map(({ text, more = '' }) => `${text}${more}`)),
  );
  if (whole.length <= limit) return whole;
  const texts = parts.map(({ items }) => items.map(({ text }) => text));
  const short = render(parts, texts);
  if (short.length <= limit) return render(parts, withMore(parts, texts, limit - short.length));
  const bare = render(
    parts,
    parts.map(() => []),
  ).length;
  let room = limit - bare - parts.length * leftOut(999_999).length;
  if (room < 0) return fitHeads(parts, limit);
  const kept = parts.map((): Set<number> => new Set());
  for (const { item, index, place } of all.toSorted((one, other) => other.item.importance - one.item.importance)) {
    if (item.text.length + 1 > room) break;
    room -= item.text.length + 1;
    kept[index]?.add(place);
  }
  return render(
    parts,
    parts.map(({ items }, index) => items.map((item) => cut(item).text).filter((_, place) => kept[index]?.has(place))),
  );
}

/** As many of the further details as there is room for, the most important first. */
function withMore(
  parts: readonly Part[],
  texts: readonly (readonly string[])[],
  limit: number,
): readonly (readonly string[])[] {
  const all = parts.flatMap(({ items }, index) => items.map((item, place) => ({ ...item, index, place })));
  const shown = texts.map((some) => [...some]);
  let room = limit;
  for (const { more = '', text, index, place } of all.toSorted((one, other) => other.importance - one.importance)) {
    const some = shown[index];
    if (more === '' || more.length > room || some === undefined) continue;
    room -= more.length;
    some[place] = `${text}${more}`;
  }
  return shown;
}

/** Where the headings alone are too many, as of very many stacks, the last parts go as wholes. */
function fitHeads(parts: readonly Part[], limit: number): string {
  const end = `\n_${parts.length} parts are too many for a comment: the whole is in the artefact of this review._\n`;
  for (let count = parts.length - 1; count > 0; count--) {
    const some = parts.slice(0, count);
    const room = limit - end.length;
    if (
      render(
        some,
        some.map(() => []),
      ).length +
        count * leftOut(999_999).length <=
      room
    )
      return fit(some, room) + end;
  }
  return end;
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
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}
