import { type Step } from './house.ts';

/** A small change, as a pull request makes it. */
export interface Edit {
  /** Of the file in the corpus. */
  readonly name: string;
  readonly steps: readonly Step[];
  /**
   * - `change`: towards the edited stacks
   * - `destroy`: everything of the stacks that are edited or named
   * - `failing`: towards the edited stacks, which Terraform or the provider refuses on the way
   *
   * @default change
   */
  readonly mode?: 'change' | 'destroy' | 'failing';
  /** Stacks that are planned although their JSON is as it was. @default none */
  readonly also?: readonly string[];
  /** Of the image that is planned, where it is another than the one that runs. */
  readonly imageDigest?: string;
}

export const edit = (name: string, ...steps: readonly Step[]): Edit => ({ name, steps });
