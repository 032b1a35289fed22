/** Why the web app does not start, in sentences for the operator. */
export class SettingFault extends Error {}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const isWhole = (text: string, min: number, max: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;

const address = { isRight: isAddress, allowed: 'an address that begins with http:// or https://' };

/** Settings of the operators' guide that concern the web app, with the words that all other processes have for them. */
const checks: Readonly<Record<string, { isRight(text: string): boolean; allowed: string; secret?: true }>> = {
  HOST: {
    isRight: (text) => /^[A-Za-z0-9.:_-]+$/.test(text),
    allowed: 'an IP address or host name of this machine, without scheme and port',
  },
  PORT: { isRight: (text) => isWhole(text, 1, 65_535), allowed: 'a whole number from 1 to 65535' },
  GATEWAY_URL: address,
  PUBLIC_URL: address,
  METRICS_TOKEN: {
    isRight: (text) => text.length >= 16,
    allowed: 'a text of at least 16 characters that nobody can guess',
    secret: true,
  },
  SENTRY_DSN: { isRight: isAddress, allowed: 'an address that begins with https://' },
  WEB_VITALS_PERCENT: { isRight: (text) => isWhole(text, 0, 100), allowed: 'a whole number from 0 to 100' },
};

/** @throws SettingFault that names every bad setting, what was found and what is allowed. An empty one counts as unset. */
export function webSettings(env: Readonly<Record<string, string | undefined>>) {
  const faults = Object.entries(checks).flatMap(([name, { isRight, allowed, secret }]) => {
    const found = env[name];
    if (!found || isRight(found)) return [];
    return `${name} is ${secret ? 'something else' : JSON.stringify(found)}, but allowed is ${allowed}.`;
  });
  if (faults.length > 0) throw new SettingFault(faults.join('\n'));
  const port = Number(env.PORT || 3000);
  return {
    host: env.HOST || '127.0.0.1',
    port,
    gatewayUrl: env.GATEWAY_URL || 'http://127.0.0.1:4000',
    publicUrl: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : `http://localhost:${port}`,
    dev: env.NODE_ENV === 'development',
  };
}
