/** What a server is asked to be: its argument, as JSON. */
export interface ServerRequest {
  readonly cache: 'on' | 'off';
  readonly users: number;
}

/** What a server says once it listens. */
export interface ServerReady {
  readonly port: number;
  /** For each user, the headers that a load balancer adds. */
  readonly identities: readonly Readonly<Record<string, string>>[];
}
