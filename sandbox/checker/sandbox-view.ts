import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RoleContainer, SandboxView } from '#lab';
import { statusOf } from '../engine/connection.ts';
import { listFiles, plantFile, readHostFile, removeHostFile, statFile } from './files.ts';
import { connectFromVantage, sendHttp } from './http.ts';
import { readListeners } from './listeners.ts';
import { listNestedContainers } from './nested-containers.ts';
import { describeImage } from './nested-image.ts';
import { boxOf } from './box.ts';
import { restartContainer, restartEngine } from './restart.ts';
import { findRole } from './role.ts';
import { runOnHost } from './run-on-host.ts';
import type { Subject } from './subject.ts';
import { probeLabel } from './twin.ts';

/**
 * What the checks of one run may ask (src/lab/sandbox.ts). Roles are looked up once a run, so that all tasks judge the same container, and anew after a
 * restart, which ends the old one's processes and copies.
 */
export function viewOf(subject: Subject): SandboxView {
  const roles = new Map<string, Promise<RoleContainer>>();
  const box = boxOf(subject);
  return {
    seed: subject.parts.seed,
    flag: subject.parts.flag,
    address: subject.parts.address,
    role(query) {
      const key = JSON.stringify([query.label, query.port, query.image]);
      const found = roles.get(key) ?? findRole(subject, query);
      roles.set(key, found);
      return found;
    },
    containers: () => listNestedContainers(subject),
    engineApi: (path) => getFromEngine(subject, path),
    image: (reference) => describeImage(subject, reference),
    processes: () => subject.processes(),
    hostProcess: () => subject.hostProcess(),
    http: (request) => sendHttp(subject, request),
    async canConnect(port, host) {
      const connection = await connectFromVantage(subject, host ?? subject.parts.address, port, 1500).catch(() => undefined);
      connection?.socket.destroy();
      return connection !== undefined;
    },
    listeners: (process) => readListeners(subject, process?.pids[0] ?? subject.parts.dockerHostPid),
    plantFile: (file) => plantFile(subject, file),
    stat: (path) => statFile(subject, path),
    readFile: (path, maxBytes) => readHostFile(subject, path, maxBytes),
    list: (path) => listFiles(subject, path),
    removeFile: (path) => removeHostFile(subject, path),
    async plantLoopbackListener(text) {
      const relay = await subject.parts.relay('dockerhost');
      const listener = await relay.listen('127.0.0.1', text);
      subject.atEnd(async () => listener[Symbol.dispose]());
      return listener.port;
    },
    async plantOutsideListener(text) {
      const relay = await subject.parts.relay('vantage');
      const listener = await relay.listen('0.0.0.0', text);
      subject.atEnd(async () => listener[Symbol.dispose]());
      const networks = Object.values((await subject.parts.attacker.inspect()).NetworkSettings.Networks);
      return { address: networks[0]?.IPAddress ?? '', port: listener.port };
    },
    probeLabels: { [probeLabel]: subject.mark },
    runOnHost: (script, options) => runOnHost(subject, script, options),
    restartEngine: (timeoutMs) => restartEngine(subject, timeoutMs).finally(() => roles.clear()),
    restartContainer: (id) => restartContainer(subject, id).finally(() => roles.clear()),
    runInBox: (command, options) => box.run(command, options),
    random: (bytes = 8) => randomBytes(bytes).toString('hex'),
    sleep: (ms) => sleep(ms),
  };
}

function getFromEngine(subject: Subject, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { path, method: 'GET', statusCodes: { 200: true, 404: 'not found', 500: 'server error' } };
    subject.nested.modem.dial(options, (error: Error | null, answer: unknown) => {
      // docker-modem gives what it cannot parse, and a JSON null, as bytes.
      if (!error) resolve(Buffer.isBuffer(answer) ? parseJson(answer) : answer);
      else if (statusOf(error) === 404) resolve(undefined);
      else reject(error);
    });
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
