import { type Invariant, ofTypes } from './invariant.ts';
import { SERVICES } from './types.ts';

/** Nobody opens a shell in a task unless the environment asks for it. */
export const shell: Invariant = (system) =>
  ofTypes(system, SERVICES)
    .filter(({ body }) => ![undefined, false, system.environment.service.exec].includes(asBoolean(body)))
    .map(({ address }) => ({
      code: 'SHELL_UNASKED',
      address,
      what: 'the service lets people run commands in its tasks',
      why: 'whoever may call ecs:ExecuteCommand reads the memory of the application: sessions, tokens, secrets',
      mend: 'leave enable_execute_command false, or set service.exec in the environment',
    }));

/** What is neither true nor false cannot be read, and is taken for true. */
function asBoolean(service: Readonly<Record<string, unknown>>): boolean | undefined {
  const value = service['enable_execute_command'];
  return value === undefined || value === false ? value : true;
}
