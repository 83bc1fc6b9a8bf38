import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const content = z.record(z.string(), z.iso.datetime());

/** Which sandboxes belong to a session, and until when. Written before anybody is told, so that a restarted keeper keeps its promises. */
export interface Claims {
  deadlineOf(sandbox: string): Date | undefined;
  set(sandbox: string, deadline: Date): Promise<void>;
  delete(sandbox: string): Promise<void>;
}

export async function openClaims(file: string): Promise<Claims> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const claims = new Map(Object.entries(parse(await readFile(file, 'utf8').catch(() => '{}'))));
  let writing: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    writing = writing
      .catch(() => undefined)
      .then(async () => {
        await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(claims)), { mode: 0o600, flush: true });
        await rename(`${file}.new`, file);
      });
    return writing;
  };
  return {
    deadlineOf(sandbox) {
      const deadline = claims.get(sandbox);
      return deadline === undefined ? undefined : new Date(deadline);
    },
    set(sandbox, deadline) {
      claims.set(sandbox, deadline.toISOString());
      return save();
    },
    delete(sandbox) {
      return claims.delete(sandbox) ? save() : Promise.resolve();
    },
  };
}

/** A file that cannot be read costs the running sandboxes, but must not keep the keeper from starting. */
function parse(stored: string): Record<string, string> {
  try {
    return content.parse(JSON.parse(stored));
  } catch (error) {
    console.error('Cannot read which sandboxes belong to a session:', error);
    return {};
  }
}
