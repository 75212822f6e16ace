import { z } from 'zod';

import { field } from '../guidance.ts';

/** Some fields of an environment: all of them required, none besides. What is not wanted is said, as `null` or `[]`. */
export const section = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodReadonly<z.ZodObject<Shape, z.core.$strict>> =>
  z.strictObject(shape).readonly();

/** How long CloudWatch Logs keeps what is written to a group. */
export const logRetentionDays = field(
  z.union([1, 3, 5, 7, 14, 30, 60, 90, 180, 365, 731].map((days) => z.literal(days))),
  'must be a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 180, 365 or 731 days',
  30,
);

/** What one exact path is: what a path-pattern condition takes (rule-condition-types), less its wildcards. */
export const EXACT_PATH = /^\/[A-Za-z0-9_.$/~"'@:+&-]{0,127}$/;

/** The callback is the load balancer's own, taken before any rule. */
export const isNotCallback = (path: string): boolean => !path.startsWith('/oauth2/');
