import { SetMetadata } from '@nestjs/common';

export const GROUPS = 'gatehouse:groups';

/**
 * Asks that the user be in at least one of these groups of the pool. On a controller and on its method: both must be
 * satisfied.
 */
export const Groups = (...names: readonly [string, ...string[]]): MethodDecorator & ClassDecorator =>
  SetMetadata(GROUPS, names);
