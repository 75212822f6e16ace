/** One thing that happened in the pool. Never holds a password, token, code, cookie or client secret. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event:
    | 'authorization_refused'
    | 'api_refused'
    | 'code_issued'
    | 'confirmed'
    | 'group_missing'
    | 'internal_error'
    | 'logged_out'
    | 'logout_refused'
    | 'mail_sent'
    | 'mfa_changed'
    | 'password_changed'
    | 'reset_requested'
    | 'settings_updated'
    | 'sign_in_refused'
    | 'signed_in'
    | 'signed_out'
    | 'signed_up'
    | 'token_refused'
    | 'user_changed';
  /** For people: one line. */
  readonly message: string;
}

/** Receives log entries. Must not throw. */
export type Log = (entry: LogEntry) => void;
