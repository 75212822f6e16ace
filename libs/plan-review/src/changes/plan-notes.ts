import { type Finding } from '../model.ts';
import { type StackPlan } from '../plan/model.ts';
import { driftOf } from './drift.ts';

/** What there is to know of a plan itself: that it is not all, that it moves, imports, and what changed behind its back. */
export function planFindings({ stack, changes, drift, incomplete, outputs }: StackPlan): readonly Finding[] {
  const base = { section: 'changes', stack } as const;
  const moved = changes.flatMap(({ address, previousAddress }): readonly Finding[] =>
    previousAddress === undefined
      ? []
      : [
          {
            ...base,
            severity: 'note',
            kind: 'moved',
            address,
            reading: `It was ${previousAddress}, and is moved in the state alone`,
          },
        ],
  );
  const imported = changes.flatMap(({ address, importing }): readonly Finding[] =>
    importing === undefined
      ? []
      : [
          {
            ...base,
            severity: 'look',
            kind: 'imported',
            address,
            reading: `What exists as ${importing === '' ? 'something' : importing} becomes part of this stack`,
          },
        ],
  );
  const drifted = driftOf({ drift, changes }).map(({ address, action, differences, isSetBack }): Finding => {
    const what = [...new Set(differences.map(({ path }) => path.split(/[.[]/, 1)[0] ?? ''))].join(', ');
    return {
      ...base,
      // What no plan sets back is ignored on purpose, or written in the same way by now.
      severity: isSetBack || action === 'delete' ? 'look' : 'note',
      kind: 'drift',
      address,
      reading:
        action === 'delete'
          ? `It was deleted outside of Terraform${isSetBack ? ', and this plan makes it again' : ''}`
          : `It was changed outside of Terraform (${what}), ${isSetBack ? 'and this plan sets it back' : 'and stays so'}`,
    };
  });
  const forgotten = changes
    .filter(({ action }) => action === 'forget' || action === 'create-then-forget')
    .map(({ address }): Finding => ({
      ...base,
      severity: 'look',
      kind: 'forgotten',
      address,
      reading: 'Terraform lets go of it: it stays in the account, costs what it costs, and no plan will name it again',
    }));
  const partial = incomplete.map((reading): Finding => ({
    ...base,
    severity: 'look',
    kind: 'incomplete',
    address: '',
    reading,
  }));
  const disclosed = outputs
    .filter(({ isDisclosed }) => isDisclosed)
    .map(({ name }): Finding => ({
      ...base,
      severity: 'look',
      kind: 'disclosed',
      address: `output.${name}`,
      reading: 'What was sensitive is so no more: logs and whoever reads the outputs will show it',
    }));
  return [...disclosed, ...partial, ...drifted, ...imported, ...forgotten, ...moved];
}
