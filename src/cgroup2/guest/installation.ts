import { join } from 'node:path';
import { defaultDataDirectory } from '#sandbox/host/instance.ts';

/** Where the project lies in the virtual machine: where its systemd units look for it. */
export const installation = join(import.meta.dirname, '../../..');

/** The tests, the lab command and the course take turns with one data directory: baking takes long there. */
export const dataDirectory = defaultDataDirectory;
