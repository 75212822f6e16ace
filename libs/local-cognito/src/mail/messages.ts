import { type Mail } from './mailbox.ts';

type Message = Omit<Mail, 'sentAt'>;

/** Cognito's own texts (Developer guide, "Message templates": the defaults). */
export function confirmationMail(to: string, code: string): Message {
  return { to, subject: 'Your verification code', text: `Your confirmation code is ${code}` };
}

export function resetMail(to: string, code: string): Message {
  return { to, subject: 'Your verification code', text: `Your password reset code is ${code}` };
}

export function invitationMail(to: string, username: string, password: string): Message {
  return {
    to,
    subject: 'Your temporary password',
    text: `Your username is ${username} and temporary password is ${password}`,
  };
}

/** An address the way Cognito shows where it has sent something: `a***@e***`. */
export function maskedAddress(address: string): string {
  const [name = '', host = ''] = address.split('@');
  return `${name.slice(0, 1)}***@${host.slice(0, 1)}***`;
}
