import { existsSync, readFileSync } from 'node:fs';

import { type Provider } from './provider-mirror.ts';

/**
 * A CLI configuration of Terraform that takes one provider from a mirror and everything else from where it comes
 * from. What the machine's own configuration says stays in force.
 *
 * @param own the machine's own configuration, which may be missing
 */
export function cliConfiguration(own: string, mirror: string, { source }: Provider): string {
  const existing = existsSync(own) ? `${readFileSync(own, 'utf8').trimEnd()}\n\n` : '';
  const providers = JSON.stringify([`registry.terraform.io/${source}`]);
  return `${existing}provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${providers}
  }
  direct {
    exclude = ${providers}
  }
}
`;
}
