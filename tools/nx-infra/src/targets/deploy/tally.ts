/** How far a stack came. */
export type Progressed =
  /** The plan was applied. */
  | 'applied'
  /** There was nothing to change. */
  | 'unchanged'
  /** An apply began, and did not come to its end. */
  | 'begun'
  /** Nothing of it was touched. */
  | 'untouched';

const WORDS = {
  applied: 'Applied',
  unchanged: 'Nothing to change',
  begun: 'Applied in part',
  untouched: 'Not applied',
};

/** How far a deployment came. */
export class Tally {
  private readonly stacks: Map<string, Progressed>;

  /** @param words what each is called. @default those of a deployment */
  constructor(
    names: Iterable<string>,
    private readonly words: Readonly<Record<Progressed, string>> = WORDS,
  ) {
    this.stacks = new Map([...names].map((name) => [name, 'untouched']));
  }

  get isUntouched(): boolean {
    return [...this.stacks.values()].every((progressed) => progressed === 'untouched');
  }

  note(stack: string, progressed: Progressed): void {
    this.stacks.set(stack, progressed);
  }

  /** In words; kinds of which there is none are left out. */
  inWords(): string {
    return (Object.keys(WORDS) as Progressed[])
      .map(
        (kind) =>
          [this.words[kind], [...this.stacks].filter(([, each]) => each === kind).map(([name]) => name)] as const,
      )
      .filter(([, names]) => names.length > 0)
      .map(([word, names]) => `${word}: ${names.join(', ')}.`)
      .join(' ');
  }

  toJSON(): Readonly<Record<string, Progressed>> {
    return Object.fromEntries(this.stacks);
  }
}
