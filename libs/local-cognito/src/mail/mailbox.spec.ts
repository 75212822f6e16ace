import { expect, it } from '@jest/globals';
import { type Mail, Mailbox } from './mailbox.ts';
import { confirmationMail, invitationMail, maskedAddress, resetMail } from './messages.ts';

it('keeps the last mails, newest first, and delivers each', () => {
  const delivered: Mail[] = [];
  const mailbox = new Mailbox(
    () => 1000,
    (mail) => delivered.push(mail),
  );
  for (let number = 0; number < 205; number++) mailbox.send(confirmationMail('ada@example.com', String(number)));
  expect(delivered.length).toBe(205);
  expect(mailbox.list().length).toBe(200);
  expect(mailbox.list()[0]).toEqual({
    to: 'ada@example.com',
    subject: 'Your verification code',
    text: 'Your confirmation code is 204',
    sentAt: 1000,
  });
});

it('says what Cognito says', () => {
  expect(resetMail('a@b.c', '123456').text).toBe('Your password reset code is 123456');
  expect(invitationMail('a@b.c', 'ada', 'secret').text).toBe('Your username is ada and temporary password is secret');
});

it.each([
  ['ada@example.com', 'a***@e***'],
  ['nobody', 'n***@***'],
])('hides %p', (address, masked) => {
  expect(maskedAddress(address)).toBe(masked);
});
