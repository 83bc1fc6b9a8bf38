import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { message, type Message } from './message.ts';
import { stepsParameter } from './step-names.ts';
import type { SystemImage } from './system-image.ts';

export interface MachineOptions {
  readonly image: SystemImage;
  readonly projectDisk: string;
  /** For what the machine writes: its disk is only read. */
  readonly folder: string;
  /** Which steps; none means all. */
  readonly steps: readonly string[];
  readonly limitMs: number;
}

/** Real hardware help, or an emulated processor. */
export type Accelerator = 'kvm' | 'emulation';

/**
 * Runs the virtual machine until it switches itself off, and hands on what it says. Throws when it does not come to that within the limit; nothing of
 * it is left then, either. The console is kept in `folder/console.log`, everything else it says in
 * `folder/messages.log`.
 */
export async function runMachine(options: MachineOptions, onMessage: (said: Message) => void): Promise<void> {
  // TMPDIR is where the changes to the disk go: into a file without a name.
  const command = ['env', `TMPDIR=${options.folder}`, 'qemu-system-x86_64', ...argumentsFor(options, await accelerator())] as const;
  using _port = await listen(options.folder, onMessage);
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
  let hasRunOut = false;
  const timer = setTimeout(() => {
    hasRunOut = true;
    child.kill('SIGKILL');
  }, options.limitMs);
  const end = (): boolean => child.kill('SIGKILL');
  for (const signal of ['SIGINT', 'SIGTERM', 'exit']) process.on(signal, end);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (hasRunOut) throw new Error(`The virtual machine has not finished within ${options.limitMs / 60_000} minutes`);
    if (status !== 0) throw new Error(`The virtual machine ended with exit status ${status}`);
  } finally {
    clearTimeout(timer);
    for (const signal of ['SIGINT', 'SIGTERM', 'exit']) process.off(signal, end);
  }
}

/** A device file alone does not help: without these processor flags an ordinary kernel does not run under KVM (Intel SDM 3C, AMD APM 2). */
export async function accelerator(): Promise<Accelerator> {
  const flags = await readFile('/proc/cpuinfo', 'utf8');
  const hasDevice = await readFile('/proc/misc', 'utf8').then((list) => /\bkvm$/m.test(list));
  return hasDevice && /^flags\s*:.*\b(vmx|svm)\b/m.test(flags) ? 'kvm' : 'emulation';
}

/**
 * An emulated processor is slow, and on a busy machine slower still. So that no time limit of the project is met only because of that, the machine's
 * clock counts instructions there (1 ns each) instead of looking at ours: seen from inside it is a slow, steady computer (qemu(1), -icount).
 * Counting takes one thread for all processors, so a second one would bring nothing.
 */
function argumentsFor({ image, projectDisk, folder, steps }: MachineOptions, accelerated: Accelerator): string[] {
  const processor =
    accelerated === 'kvm'
      ? ['-accel', 'kvm', '-cpu', 'host', '-smp', '2']
      : ['-accel', 'tcg,thread=single,tb-size=1024', '-cpu', 'max', '-smp', '1', '-icount', 'shift=0', '-rtc', 'clock=vm'];
  return [
    ['-M', 'q35', ...processor, '-m', '6144', '-nodefaults', '-display', 'none', '-no-reboot'],
    ['-serial', `file:${join(folder, 'console.log')}`],
    // A root shell for whoever has to look (`socat - UNIX-CONNECT:…/shell.sock`, with --keep): on the second serial line, systemd-debug-generator(8).
    ['-serial', `unix:${join(folder, 'shell.sock')},server=on,wait=off`],
    [
      '-kernel',
      image.kernel,
      '-initrd',
      image.initialRamDisk,
      '-append',
      `root=LABEL=root rw console=ttyS0 panic=-1 quiet systemd.debug_shell=ttyS1${steps.length === 0 ? '' : ` ${stepsParameter}${steps.join(',')}`}`,
    ],
    ['-drive', `file=${image.disk},format=raw,if=none,id=root,snapshot=on`, '-device', 'virtio-blk-pci,drive=root'],
    ['-drive', `file=${projectDisk},format=raw,if=none,id=project,readonly=on`, '-device', 'virtio-blk-pci,drive=project,serial=project'],
    ['-device', 'virtio-serial', '-chardev', `socket,id=port,path=${portOf(folder)}`, '-device', 'virtserialport,chardev=port,name=schott'],
    ['-device', 'virtio-rng-pci'],
  ].flat();
}

/** Where the machine's port ends on our side. */
function portOf(folder: string): string {
  return join(folder, 'port.sock');
}

/** Waits there for the machine. */
async function listen(folder: string, onMessage: (said: Message) => void): Promise<Disposable> {
  const log = createWriteStream(join(folder, 'messages.log'));
  const server: Server = createServer((socket) => {
    createInterface({ input: socket }).on('line', (line) => {
      log.write(`${line}\n`);
      const said = parse(line);
      if (said !== undefined) onMessage(said);
    });
  });
  await rm(portOf(folder), { force: true });
  await once(server.listen(portOf(folder)), 'listening');
  return {
    [Symbol.dispose]() {
      server.close();
      log.end();
    },
  };
}

function parse(line: string): Message | undefined {
  try {
    return message.safeParse(JSON.parse(line)).data;
  } catch {
    // What was not said by guest/main.ts, e.g. tar's complaints; it is in the log.
    return undefined;
  }
}
