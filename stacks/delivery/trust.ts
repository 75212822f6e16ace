import { policyDocument, type PolicyDocument } from '../iam/policy-document.ts';
import { applySubject, AUDIENCE, ISSUER, MAIN, planSubjects } from './github.ts';

/** Lets the repository's pull requests and its main branch take the role that plans. */
export function planTrust(provider: string, repository: string): PolicyDocument {
  return trust(provider, { [`${ISSUER}:sub`]: planSubjects(repository) });
}

/**
 * Lets a job take the role that applies which is in the protected environment and on the main branch: both, so that an
 * environment whose rules for branches somebody lifts does not open the account to every branch. AWS compares `ref` since
 * January 2026 (IAM user guide, "Available keys for AWS OIDC federation").
 */
export function applyTrust(provider: string, repository: string, environment: string): PolicyDocument {
  return trust(provider, { [`${ISSUER}:sub`]: applySubject(repository, environment), [`${ISSUER}:ref`]: MAIN });
}

function trust(provider: string, claims: Readonly<Record<string, string | readonly string[]>>): PolicyDocument {
  return policyDocument({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: provider },
    Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, ...claims } },
  });
}
