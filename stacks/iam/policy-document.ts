/** An IAM policy document, as JSON. */
export type PolicyDocument = string;

/** A statement of a policy (IAM, "JSON policy elements"). */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Writes a policy document. References inside the texts stay references. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
