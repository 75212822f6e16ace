import { type Fact } from './fact.ts';
import { emulatorFacts } from './facts-emulator.ts';
import { identityFacts } from './facts-identity.ts';
import { loginFacts } from './facts-login.ts';
import { ruleFacts } from './facts-rules.ts';
import { trafficFacts } from './facts-traffic.ts';

/** The chapters of the table. */
export const chapters: readonly { readonly title: string; readonly facts: readonly Fact[] }[] = [
  { title: 'Rules, conditions, actions', facts: ruleFacts },
  { title: 'Attributes, targets, answers, log', facts: trafficFacts },
  { title: 'Login and session cookie', facts: loginFacts },
  { title: 'Identity, refresh, end', facts: identityFacts },
  { title: 'The tool itself', facts: emulatorFacts },
];

export const facts: readonly Fact[] = chapters.flatMap((chapter) => chapter.facts);
