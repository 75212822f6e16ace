import { existsSync } from 'node:fs';

import { InfraError } from '../../errors.ts';
import { requireNode } from '../../local/preflight.ts';
import { type Run } from '../../runner/command.ts';
import { type Finding } from '../../progress/finding.ts';
import { type Needs } from './needs.ts';

/** @param version such as `v20.20.2` */
export function nodeFinding(version: string): Finding {
  try {
    requireNode(version);
    return { check: 'Node', state: 'ok', message: version };
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    return { check: 'Node', state: 'failed', message: error.message };
  }
}

/** @param file `stacks/.terraform.lock.hcl` */
export function lockFinding(file: string): Finding {
  const check = 'provider lock';
  if (existsSync(file)) return { check, state: 'ok', message: 'Every init keeps to stacks/.terraform.lock.hcl.' };
  return {
    check,
    state: 'warning',
    message: 'There is no stacks/.terraform.lock.hcl: what a registry or a mirror hands out is taken unchecked.',
    mend: 'Keep the .terraform.lock.hcl that `terraform init` writes in a synthesized stack.',
  };
}

/** @param docker runs the client */
export async function dockerFinding(docker: Run, cwd: string): Promise<Finding> {
  const answer = await docker(['version', '--format', '{{.Server.Version}}'], { cwd }).catch(() => undefined);
  const version = answer?.stdout.trim();
  if (answer?.code === 0 && version) return { check: 'Docker', state: 'ok', message: version };
  return {
    check: 'Docker',
    state: 'warning',
    message: 'There is no Docker that answers, which builds the image. Planning goes without.',
    mend: 'Install it from https://docs.docker.com/engine/install, or start it.',
  };
}

/** A load balancer takes certificates of its own region alone (Application Load Balancers, "SSL certificates"). */
export function certificateFinding({ certificate, region }: Needs): Finding | undefined {
  if (certificate === undefined) return undefined;
  const check = 'certificate';
  const own = certificate.split(':')[3];
  if (own === region) return { check, state: 'ok', message: `${certificate} is in the region of the load balancer.` };
  return {
    check,
    state: 'failed',
    message: `${certificate} is in ${own}, and the load balancer, in ${region}, takes no certificate of another region.`,
    mend: `Request it in ${region}, and put its ARN into stacks/environments.`,
  };
}
