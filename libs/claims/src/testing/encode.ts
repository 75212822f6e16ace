/** JSON, compact, in base64url. */
export function encodeJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Adds the `=` that base64url leaves out and a load balancer keeps. */
export function pad(base64url: string): string {
  return base64url.padEnd(Math.ceil(base64url.length / 4) * 4, '=');
}
