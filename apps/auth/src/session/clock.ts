/** What time it is: passed in, so that a page can be tested at a chosen moment. */
export type Clock = () => Date;

/** The injection token of the {@link Clock}. */
export const CLOCK = Symbol('Clock');
