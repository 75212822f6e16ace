import { type Environment } from '../environments/index.ts';

/** Who signs the tokens of GitHub's workflows (docs.github.com, "OpenID Connect reference"). */
export const ISSUER = 'token.actions.githubusercontent.com';
/** For whom a token is: what `aws-actions/configure-aws-credentials` asks for. */
export const AUDIENCE = 'sts.amazonaws.com';
/** The one branch that is applied from. */
export const MAIN = 'refs/heads/main';

/** The subjects of the tokens that plan: pull requests of the repository (a fork's get none), and its main branch. */
export function planSubjects(repository: string): readonly string[] {
  return [`repo:${repository}:pull_request`, `repo:${repository}:ref:${MAIN}`];
}

/** The subject of the tokens that apply: jobs in the protected environment of the same name. */
export function applySubject(repository: string, environment: string): string {
  return `repo:${repository}:environment:${environment}`;
}

/** The identity provider of an account has one possible ARN. */
export function providerArnOf({ account }: Pick<Environment, 'account'>): string {
  return `arn:aws:iam::${account}:oidc-provider/${ISSUER}`;
}
