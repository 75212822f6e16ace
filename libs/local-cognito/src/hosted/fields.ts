import { type PageRequest } from '../http/page.ts';
import { type FormField } from '../pages/form-page.tsx';
import { field } from './login-flow.ts';

/** A password, and once more. */
export function newPasswordFields(rules: readonly string[]): readonly FormField[] {
  return [
    {
      name: 'password',
      label: 'New password',
      type: 'password',
      autocomplete: 'new-password',
      hint: `With ${rules.join(', ')}.`,
    },
    { name: 'confirmPassword', label: 'New password again', type: 'password', autocomplete: 'new-password' },
  ];
}

export function passwordsDiffer(page: PageRequest): boolean {
  return field(page, 'password') !== field(page, 'confirmPassword');
}

/** Six digits, filled in by a phone or a password manager where it can. */
export function codeField(label: string, name: string): FormField {
  return { name, label, autocomplete: 'one-time-code', inputmode: 'numeric' };
}
