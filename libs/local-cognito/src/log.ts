/** One thing that happened in the pool. Never holds a password, token, code, cookie or client secret. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event:
    | 'authorization_refused'
    | 'code_issued'
    | 'group_missing'
    | 'internal_error'
    | 'logged_out'
    | 'logout_refused'
    | 'settings_updated'
    | 'sign_in_refused'
    | 'signed_in'
    | 'token_refused';
  /** For people: one line. */
  readonly message: string;
}

/** Receives log entries. Must not throw. */
export type Log = (entry: LogEntry) => void;
