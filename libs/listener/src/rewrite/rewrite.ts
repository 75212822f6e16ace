import { Capture, type Captured } from '../language/capture.ts';
import { alternativesOfRegex, type Case } from '../language/from-regex.ts';
import { type Transform } from '../model.ts';

export type Rewriting =
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'rewritten'; readonly text: string }
  /** The replacement names a group that there is not. */
  | { readonly kind: 'failed' };

/** More a text than a request line may have; what is longer is not read. */
const maximumLength = 16_384;

/**
 * Replaces the first match of a transform's regular expression, in time that grows at most with the length of the text
 * times that of the expression. `$1` stands for what the first group matched, `$0` for all of the match.
 *
 * What AWS leaves open is read so: a host without regard to case, and no more than the first match is replaced.
 *
 * Source: rule-transforms.html; ELBv2 API, RewriteConfig
 *
 * @returns a function of the whole host, or of path and query as sent
 * @throws RegexError
 */
export function compileRewrite({ type, regex, replace }: Transform): (text: string) => Rewriting {
  const letters: Case = type === 'host-header-rewrite' ? 'insensitive' : 'sensitive';
  const alternatives = alternativesOfRegex(regex, letters).map((alternative) => new Capture(alternative));
  const groups = Math.max(...alternatives.map((alternative) => alternative.groups));
  return (text) => {
    if (text.length > maximumLength) return { kind: 'failed' };
    const found = earliest(alternatives.map((alternative) => alternative.of(text) ?? []));
    if (found === undefined) return { kind: 'unmatched' };
    const replacement = fill(replace, groups, (group) => text.slice(...spanOf(found, group)));
    if (replacement === undefined) return { kind: 'failed' };
    const [begin, end] = spanOf(found, 0);
    return { kind: 'rewritten', text: text.slice(0, begin) + replacement + text.slice(end) };
  };
}

/** Of those that begin at one place, the first. */
function earliest(all: readonly Captured[]): Captured | undefined {
  const matches = all.filter((captured) => captured.length > 0);
  const begin = Math.min(...matches.map((captured) => spanOf(captured, 0)[0]));
  return matches.find((captured) => spanOf(captured, 0)[0] === begin);
}

function spanOf(captured: Captured, group: number): readonly [begin: number, end: number] {
  const [begin = 0, end = 0] = captured.slice(2 * group, 2 * group + 2);
  return begin < 0 ? [0, 0] : [begin, end];
}

/** Of two digits both count where there are so many groups. */
function fill(replace: string, groups: number, textOf: (group: number) => string): string | undefined {
  let missing = false;
  const filled = replace.replaceAll(/\$(\d\d?)/g, (_, digits: string) => {
    if (Number(digits) <= groups) return textOf(Number(digits));
    const first = Number(digits.charAt(0));
    missing ||= digits.length === 1 || first > groups;
    return textOf(first) + digits.slice(1);
  });
  return missing ? undefined : filled;
}
