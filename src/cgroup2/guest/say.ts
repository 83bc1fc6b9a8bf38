import { writeSync } from 'node:fs';
import type { Message } from '../message.ts';

/** Standard output is the port to the outside (schott-tests.service). */
export function say(message: Message): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}
