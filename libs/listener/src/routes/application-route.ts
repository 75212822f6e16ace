/** A route of an application behind a load balancer. */
export interface ApplicationRoute {
  /** Such as `GET /reports/:id`. */
  readonly name: string;
  /** `ALL` where the method makes no difference. */
  readonly methods: readonly string[] | 'ALL';
  /** Regular expressions of the kind that {@link Patterns} has: the paths, as they are sent, that get to it. */
  readonly paths: readonly string[];
  /** `public`: answers anybody; `closed`: answers whoever the application has verified. */
  readonly access: 'public' | 'closed';
}
