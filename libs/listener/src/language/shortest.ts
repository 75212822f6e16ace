import { type Budget } from './budget.ts';
import { Product, type ProductState, type Question } from './product.ts';
import { characterOf, preferenceOf } from './symbols.ts';

interface Node {
  readonly states: ProductState;
  readonly before: Node | undefined;
  readonly symbol: number;
}

/**
 * The shortest text that answers the question, and of those the one that reads best; undefined when there is none. Exact:
 * a breadth-first search of the product.
 *
 * @throws BudgetExceeded
 */
export function shortestText(question: Question, budget: Budget): string | undefined {
  const product = new Product(question, budget);
  if (product.isHopeless(product.start)) return undefined;
  if (product.accepts(product.start)) return '';
  const seen = new Set([product.key(product.start)]);
  let layer: Node[] = [{ states: product.start, before: undefined, symbol: -1 }];
  while (layer.length > 0) {
    const next: Node[] = [];
    for (const node of layer) {
      for (const symbol of product
        .symbols(node.states)
        .toSorted((one, other) => preferenceOf(one) - preferenceOf(other))) {
        const states = product.step(node.states, symbol);
        if (product.isHopeless(states)) continue;
        const key = product.key(states);
        if (seen.has(key)) continue;
        seen.add(key);
        const reached: Node = { states, before: node, symbol };
        if (product.accepts(states)) return textOf(reached);
        next.push(reached);
      }
    }
    layer = next;
  }
  return undefined;
}

/**
 * Whether no text answers the question. Goes deep first, which finds some text sooner than the shortest.
 *
 * @throws BudgetExceeded
 */
export function isEmpty(question: Question, budget: Budget): boolean {
  const product = new Product(question, budget);
  if (product.isHopeless(product.start)) return true;
  const seen = new Set([product.key(product.start)]);
  const stack = [product.start];
  for (let states = stack.pop(); states !== undefined; states = stack.pop()) {
    if (product.accepts(states)) return false;
    for (const symbol of product.symbols(states).toReversed()) {
      const next = product.step(states, symbol);
      const key = product.key(next);
      if (seen.has(key) || product.isHopeless(next)) continue;
      seen.add(key);
      stack.push(next);
    }
  }
  return true;
}

function textOf(node: Node): string {
  const characters: string[] = [];
  for (let at: Node | undefined = node; at !== undefined && at.symbol >= 0; at = at.before) {
    characters.push(characterOf(at.symbol));
  }
  return characters.reverse().join('');
}
