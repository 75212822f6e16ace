import { type Listener } from '../model.ts';
import { Constraints } from '../space/constraints.ts';
import { searchRequest, type SearchResult } from '../space/search.ts';
import { type Step, Steps } from '../space/steps.ts';
import { tasteOf } from '../space/taste.ts';
import { type Taste } from '../space/value.ts';
import { type Region, type ShadowedRule, type UndecidedRule } from './region.ts';
import { type TargetExposure, targetsOf } from './targets.ts';

export interface Exposure {
  /** The address of the listener. */
  readonly listener: string;
  /** In the order of evaluation. Together, with what is undecided, they hold every request. */
  readonly regions: readonly Region[];
  /** What the listener's rules forward to, and who gets there. */
  readonly targets: readonly TargetExposure[];
  readonly shadowed: readonly ShadowedRule[];
  readonly undecided: readonly UndecidedRule[];
}

export interface ExposureOptions {
  /** Hosts to make examples of. @default those in the conditions, and www.example.com */
  readonly hosts?: readonly string[];
}

/**
 * Which requests get where, and after which login: exactly, over host, path, method, headers, query and source.
 *
 * A region is the requests of one rule, described by its conditions and the earlier rules that take some of them, with an
 * example that {@link match} answers as said. Redirects and fixed responses reach no target.
 *
 * What costs too much to decide, and what could not be read, is in `undecided` and in no region; the regions after a rule
 * that could not be read are those that its absence would leave.
 */
export function exposure(listener: Listener, { hosts = [] }: ExposureOptions = {}): Exposure {
  const steps = new Steps(listener, new Constraints());
  const taste = tasteOf(hosts, listener);
  const regions: Region[] = [];
  const shadowed: ShadowedRule[] = [];
  const undecided: UndecidedRule[] = [...unreadListener(listener)];
  for (const [index, { rule, unread, answer, conditions }] of steps.all.entries()) {
    if (rule === undefined) continue;
    const named = { rule: rule.address, priority: rule.priority };
    if (unread.length > 0) {
      undecided.push({ ...named, why: `It could not be read: ${unread.join('; ')}` });
      continue;
    }
    const rivals = steps.rivalsOf(index);
    const result = search(steps, index, rivals, taste);
    switch (result.kind) {
      case 'found': {
        const except = rivals.map((rival) => nameOf(steps.at(rival), listener));
        regions.push({ ...named, answer, conditions, except, witness: result.request, reach: result.reach });
        break;
      }
      case 'empty': {
        const by = necessary(steps, index, result.rivals, taste).map((rival) => nameOf(steps.at(rival), listener));
        shadowed.push({ ...named, by });
        break;
      }
      case 'undecided':
        undecided.push({
          ...named,
          why: 'Its patterns and those of the earlier rules together are too many to decide',
        });
    }
  }
  return { listener: listener.address, regions, targets: targetsOf(listener, regions), shadowed, undecided };
}

/** What is not known of the listener itself may change what any of its rules does. */
export function unreadListener(listener: Listener | undefined): readonly UndecidedRule[] {
  if (listener?.unread === undefined) return [];
  const why = `The listener could not be read: ${listener.unread.join('; ')}`;
  return [{ rule: listener.address, priority: 'default', why }];
}

function nameOf({ rule }: Step, listener: Listener): string {
  return rule?.address ?? listener.address;
}

function search(steps: Steps, index: number, rivals: readonly number[], taste: Taste): SearchResult {
  return searchRequest(
    {
      within: steps.at(index).box,
      rival: (request) => steps.firstOf(request, rivals),
      boxOf: (rival) => steps.at(rival).box,
    },
    taste,
  );
}

/** Those rivals without which some request would get through, later ones left out first. */
function necessary(steps: Steps, index: number, rivals: readonly number[], taste: Taste): readonly number[] {
  return rivals.reduceRight<readonly number[]>((kept, rival) => {
    const others = kept.filter((other) => other !== rival);
    return search(steps, index, others, taste).kind === 'empty' ? others : kept;
  }, rivals);
}
