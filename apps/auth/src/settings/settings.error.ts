/** The environment does not describe an application that could be trusted, so none is started. */
export class SettingsError extends Error {
  readonly code = 'SETTINGS_INVALID';
  override readonly name = 'SettingsError';
  /** One line a problem. Values are left out: a secret in the wrong variable would end up in the log. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
