import { Automaton } from '../language/automaton.ts';
import { BudgetExceeded } from '../language/budget.ts';
import { type Case, expressionOfRegex } from '../language/from-regex.ts';

/**
 * A test of whole texts against a regular expression, in time that grows with the length of the text alone: the
 * automaton that {@link expressionOfRegex} describes reads each character once.
 *
 * @throws RegexError
 */
export function compileRegex(regex: string, letters: Case): (text: string) => boolean {
  const expression = expressionOfRegex(regex, letters);
  let automaton = new Automaton(expression);
  return (text) => {
    try {
      return automaton.accepts(text);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      // It remembers every state it met. A text of 16K, the most a load balancer takes, does not fill a new one.
      automaton = new Automaton(expression);
      return automaton.accepts(text);
    }
  };
}
