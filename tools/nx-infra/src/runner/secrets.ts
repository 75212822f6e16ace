const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PRIVATE_KEY/i;
/** Shorter values are words that stand in many a harmless line. */
const SHORTEST = 8;

/** Takes the secrets of an environment out of a text that is shown: whatever Terraform quotes, it quotes none of ours. */
export function withoutSecrets(text: string, env: NodeJS.ProcessEnv): string {
  return Object.entries(env).reduce(
    (shown, [name, value = '']) =>
      SECRET_NAME.test(name) && value.length >= SHORTEST ? shown.replaceAll(value, `(${name})`) : shown,
    text,
  );
}
