import { type RouteAccess } from '@gatehouse/claims/nest';

import { type Action } from '../audit/change.decorator.ts';

/** A route as the running application has it. */
export interface Route {
  /** `ALL` for those of every method that the router knows. */
  readonly methods: readonly string[] | 'ALL';
  /** As the router has it, such as `/reports/:id`. */
  readonly path: string;
  /** The method that answers, such as `AdminController.admin`. */
  readonly handler: string;
  /** As the guard reads it. */
  readonly access: RouteAccess;
  /** Guards besides the one of all routes, by name. */
  readonly guards: readonly string[];
  /** What it changes for the audit log. @default nothing */
  readonly change?: Action;
  /** A regular expression: all the paths, as they are sent, that the router takes for this one. */
  readonly spellings: string;
}

/** `GET,HEAD  /admin  admins  AdminController.admin` */
export function routeLine({ methods, path, handler, access, guards, change }: Route): string {
  const name = `${methods === 'ALL' ? 'ALL' : methods.join(',')}`.padEnd(9);
  const more = [...guards, ...(change === undefined ? [] : [`audits ${change}`])];
  return `${name} ${path.padEnd(22)} ${[accessText(access), ...more].join(', ').padEnd(42)} ${handler}`;
}

function accessText(access: RouteAccess): string {
  if (access.public) return 'public';
  const groups = access.groupSets.map((names) => `in ${names.join(' or ')}`);
  const scopes = access.scopes.length === 0 ? [] : [`with ${access.scopes.join(' and ')}`];
  return ['user', ...groups, ...scopes].join(' ');
}
