import { applyDecorators, Post, Redirect, UseGuards } from '@nestjs/common';

import { type Action, Change } from '../audit/change.decorator.ts';
import { SameOriginGuard } from '../logout/same-origin.guard.ts';
import { FormGuard } from './form.guard.ts';

/**
 * A route by which a form changes something: audited, for pages of this application alone, and answered with the way to a
 * page, so that a reload changes nothing again.
 *
 * @param path below the controller's; empty for the controller's own
 */
export const FormRoute = (path: string, action: Action): MethodDecorator =>
  applyDecorators(Post(path), Change(action), UseGuards(SameOriginGuard, FormGuard), Redirect(undefined, 303));
