import { type Condition } from '../model.ts';
import { areCompatible } from './compatible.ts';
import { constraintOf } from './compile-condition.ts';
import { type Box, type Constraint } from './constraint.ts';

/** Conditions as constraints, each compiled once, however many rules and listeners have it. */
export class Constraints {
  readonly #known = new Map<string, Constraint>();
  readonly #compatibility = new Map<number, boolean>();

  /** @throws RegexError */
  of(condition: Condition): Constraint {
    const key = JSON.stringify(condition);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const constraint = constraintOf(condition, this.#known.size);
    this.#known.set(key, constraint);
    return constraint;
  }

  /** Whether some request may be in both boxes; false is certain. */
  overlap(one: Box, other: Box): boolean {
    return one.every((constraint) => other.every((against) => this.#compatible(constraint, against)));
  }

  #compatible(one: Constraint, other: Constraint): boolean {
    if (one.dimension !== other.dimension || one.id === other.id) return true;
    const key = one.id < other.id ? one.id * 1e6 + other.id : other.id * 1e6 + one.id;
    const known = this.#compatibility.get(key);
    if (known !== undefined) return known;
    const compatible = areCompatible(one, other);
    this.#compatibility.set(key, compatible);
    return compatible;
  }
}
