import { type Fact, held } from './fact.ts';

/** What an emulator has to bring besides. */
export const emulatorFacts: readonly Fact[] = [
  held(
    'G1',
    'D',
    'An HTTPS listener by an authority of this machine; a configuration that AWS would refuse does not run.',
  ),
  held('G2', 'D', 'The ARN is well-formed, the `kid` a UUID of version 4.'),
  held('G4', 'D', '`state` is sealed: what the load balancer did not make, or for another purpose, is refused.'),
  held('G5', 'D', 'After the login the browser stays on the host where it began.'),
  held('G6', 'D', 'The session is AES-256-GCM.'),
  held('G7', 'D', 'A user pool that answers with an error, in the callback or at an endpoint, is 561.'),
  held('G9', 'D', 'A refresh that speaks of another user is a failed one.'),
  held('G11.1', 'D', 'The user pool can be made to be down, slow, or to answer 500, by one call.'),
  held('G11.2', 'D', 'The load balancer can be made to sign with a wrong key, by one call.'),
  held('G11.3', 'D', 'Its clock can be moved, by one call.'),
  held('G11.4', 'D', 'Claims can be made too large, by one call.'),
  held('G11.5', 'D', 'All sessions can be made to have expired, by one call.'),
  held('G11.6', 'D', 'The target can be made to be down or slow, by one call.'),
  held('G12', 'D', 'A connection that breaks is never handed on as a whole answer, or a whole request.'),
];
