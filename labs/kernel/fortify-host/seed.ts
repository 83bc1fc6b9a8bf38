/** Port of the forgotten service, as setup.sh derives it from the session's seed. */
export function filedropPort(seed: string): number {
  return 8081 + (Number.parseInt(seed.slice(0, 4), 16) % 99);
}

/** Key of the shop in this session. */
export async function shopKey(seed: string): Promise<string> {
  return (await sha256(`shop:${seed}`)).slice(0, 24);
}

/** Lower-case hex. */
export async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');
}
