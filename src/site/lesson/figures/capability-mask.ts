/** The number behind a mask as `/proc/PID/status` writes it, with or without `0x` and the name before it; undefined when it is none. */
export function readMask(text: string): bigint | undefined {
  const digits = /^(?:Cap\w+:)?\s*(?:0x)?([0-9a-f]{1,16})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}
