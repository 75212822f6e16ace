import { readCidr, type IpRange } from '../address/ip-set.ts';
import { Automaton } from '../language/automaton.ts';
import { choice, type Expression, sequence, symbol } from '../language/expression.ts';
import { expressionOfGlob } from '../language/from-glob.ts';
import { type Case, expressionOfRegex } from '../language/from-regex.ts';
import { complementOf, setOf } from '../language/symbols.ts';
import { type Condition, type Patterns, type QueryStringValue } from '../model.ts';
import { type Constraint } from './constraint.ts';

/** The constraint of a condition. @throws RegexError */
export function constraintOf(condition: Condition, id: number): Constraint {
  switch (condition.field) {
    case 'host-header':
      return { id, kind: 'text', dimension: 'host', language: languageOf(condition, 'insensitive') };
    case 'path-pattern':
      return { id, kind: 'text', dimension: 'path', language: languageOf(condition, 'sensitive') };
    case 'http-header':
      return {
        id,
        kind: 'some',
        dimension: `header ${condition.name.toLowerCase()}`,
        language: languageOf(condition, 'insensitive'),
      };
    case 'query-string':
      return {
        id,
        kind: 'some',
        dimension: 'query',
        language: new Automaton(choice(...condition.values.map(pairExpression))),
      };
    case 'http-request-method':
      return { id, kind: 'methods', dimension: 'method', names: new Set(condition.values) };
    case 'source-ip':
      return { id, kind: 'sources', dimension: 'source', ranges: condition.values.flatMap(rangesOf) };
  }
}

/** The language of a condition's values and regular expressions; of lower-case texts where case makes no difference. */
export function languageOf({ values, regexValues = [] }: Patterns, letters: Case): Automaton {
  const fold = (value: string): string => (letters === 'sensitive' ? value : value.toLowerCase());
  return new Automaton(
    choice(
      ...values.map((value) => expressionOfGlob(fold(value), 'plain')),
      ...regexValues.map((regex) => expressionOfRegex(regex, letters)),
    ),
  );
}

const keySymbols = complementOf(setOf('='));

/** The pairs, as they are sent, that a value finds: `key=value`, or `key` where the value may be empty. */
function pairExpression({ key, value }: QueryStringValue): Expression {
  const keys: Expression =
    key === undefined
      ? { kind: 'repeat', part: { kind: 'symbol', set: keySymbols } }
      : expressionOfGlob(key.toLowerCase(), 'escaped', keySymbols);
  const values = expressionOfGlob(value.toLowerCase(), 'escaped');
  const pair = sequence(keys, symbol('='), values);
  return new Automaton(values).start.accepts ? choice(pair, keys) : pair;
}

function rangesOf(cidr: string): readonly IpRange[] {
  const range = readCidr(cidr);
  return range === undefined ? [] : [range];
}
