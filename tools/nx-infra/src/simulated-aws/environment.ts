/** What a process and the SDKs in it are told, beside which nothing of a real account is left. */
export type AwsEnvironment = Readonly<Record<string, string>>;

/** The variables that lead the SDKs, Terraform and its provider to an endpoint, with credentials that no AWS knows. */
export function simulatedEnvironment(endpoint: string, region: string): AwsEnvironment {
  return {
    AWS_ENDPOINT_URL: endpoint,
    // It would switch the endpoint off (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
  };
}

/**
 * Does some work while the variables of AWS are these, and no others: a profile, a session's token or the endpoint of
 * one service would go before them. Afterwards they are what they were.
 *
 * @param process changed, as Terraform and the SDKs read it
 */
export async function withAwsEnvironment<T>(
  process: NodeJS.ProcessEnv,
  environment: AwsEnvironment,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.entries(process).filter(([name]) => isOfAws(name));
  replace(process, Object.entries(environment));
  try {
    return await work();
  } finally {
    replace(process, before);
  }
}

function replace(process: NodeJS.ProcessEnv, entries: readonly (readonly [string, string | undefined])[]): void {
  for (const name of Object.keys(process).filter(isOfAws)) delete process[name];
  for (const [name, value] of entries) process[name] = value;
}

function isOfAws(name: string): boolean {
  return name.startsWith('AWS_');
}
