/**
 * A bound on the work of one question. Emptiness of a difference of patterns can take exponential time (it is as hard as
 * universality of regular expressions), so that a question that costs too much is left open, and said to be.
 */
export class Budget {
  #left: number;

  /** @param steps a step is one symbol read by one automaton of a product */
  constructor(steps: number) {
    this.#left = steps;
  }

  /** @throws BudgetExceeded */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetExceeded('The question takes more steps than it may');
  }
}

/** Never leaves the library: the answer is then "undecided". */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
}
