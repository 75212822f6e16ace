import { z } from 'zod';
import { confirmReset, requestReset } from '../accounts/password-reset.ts';
import { confirmSignUp, resendConfirmation, signUp } from '../accounts/sign-up.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import {
  type ApiContext,
  attributeList,
  operation,
  type Operation,
  password,
  requireClient,
  requireSecretHash,
  text,
  username,
} from './operation.ts';
import { attributesFrom, deliveryDetails } from './shapes.ts';

const person = z.object({ ClientId: text, Username: username, SecretHash: text.optional() });
const code = z.string().min(1).max(2048);

/** What people do for themselves before they are signed in. */
export const signUpOperations: Readonly<Record<string, Operation>> = {
  SignUp: operation(
    'anybody',
    person.extend({ Password: password, UserAttributes: attributeList.optional() }),
    async (input, context) => {
      clientOf(context, input);
      const { user, sentTo } = await signUp(context.pool, {
        username: input.Username,
        password: input.Password,
        attributes: attributesFrom(input.UserAttributes),
      });
      const details = sentTo === undefined ? {} : { CodeDeliveryDetails: deliveryDetails(sentTo) };
      return { UserConfirmed: user.status === 'CONFIRMED', UserSub: user.sub, ...details };
    },
  ),

  ConfirmSignUp: operation('anybody', person.extend({ ConfirmationCode: code }), async (input, context) => {
    await confirmSignUp(context.pool, clientOf(context, input), input.Username, input.ConfirmationCode);
    return {};
  }),

  ResendConfirmationCode: operation('anybody', person, async (input, context) => {
    const address = await resendConfirmation(context.pool, clientOf(context, input), input.Username);
    return { CodeDeliveryDetails: deliveryDetails(address) };
  }),

  ForgotPassword: operation('anybody', person, async (input, context) => {
    const address = await requestReset(context.pool, clientOf(context, input), input.Username);
    return { CodeDeliveryDetails: deliveryDetails(address) };
  }),

  ConfirmForgotPassword: operation(
    'anybody',
    person.extend({ ConfirmationCode: code, Password: password }),
    async (input, context) => {
      const sent = { username: input.Username, code: input.ConfirmationCode, password: input.Password };
      await confirmReset(context.pool, clientOf(context, input), sent);
      return {};
    },
  ),
};

function clientOf(context: ApiContext, input: z.infer<typeof person>): AppClientSettings {
  const client = requireClient(context, input.ClientId);
  requireSecretHash(context, client, [input.Username], input.SecretHash);
  return client;
}
