import { type SimulatedAws as Started, simulatedAws as start } from '../simulated-aws/simulated-aws.ts';

/** A simulated AWS in Ireland, with nothing in it, that a test can ask past Terraform. */
export interface SimulatedAws extends Started {
  /** @returns the body */
  request(service: 's3' | 'route53', method: string, path: string, body?: string): Promise<string>;
}

/** @param account the twelve digits of the account that it is */
export async function simulatedAws(account: string): Promise<SimulatedAws> {
  const aws = await start({ account, region: 'eu-west-1' });
  return { ...aws, request: (...args) => request(aws.endpoint, ...args) };
}

/** The simulator reads the service from the credential scope, and checks no signature. */
async function request(
  endpoint: string,
  service: string,
  method: string,
  path: string,
  body?: string,
): Promise<string> {
  const scope = `test/20250101/eu-west-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const headers = { authorization };
  const answer = await fetch(
    `${endpoint}${path}`,
    body === undefined ? { method, headers } : { method, headers, body },
  );
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}
