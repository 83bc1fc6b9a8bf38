import type { OpenedIgnition } from './ignition-file.ts';

interface Shortcoming {
  readonly message: 'docker-reachable' | 'daemon-json';
  readonly fact: string;
}

/** As dockerd takes it: `-H 0.0.0.0:2375` means TCP as well. */
const networkAddress = /tcp:\/\/\S*|(?:-H|--host)[\s=]*["']?(?:\d|:|\[|localhost)\S*/i;

/** Where the Docker API would listen, and whether daemon.json makes containers less powerful. */
export function dockerShortcoming({ config, files }: OpenedIgnition): Shortcoming | undefined {
  const units = config.systemd?.units ?? [];
  for (const unit of units) {
    const texts = [unit.contents, ...(unit.dropins ?? []).map(({ contents }) => contents)].map((text) => active(text ?? ''));
    if (texts.some((text) => networkAddress.test(text))) return reachable(`${unit.name}: ${networkAddress.exec(texts.join('\n'))?.[0] ?? ''}`);
    if (unit.name === 'docker.socket' && texts.some(listensOnNetwork)) return reachable('docker.socket: ListenStream on the network');
  }
  for (const { path, text = '' } of files) {
    const address = networkAddress.exec(active(text));
    if (address !== null) return reachable(`${path}: ${address[0]}`);
    if (/docker\.socket/.test(path) && listensOnNetwork(active(text))) return reachable(`${path}: ListenStream on the network`);
  }
  const file = files.findLast(({ path }) => path === '/etc/docker/daemon.json');
  if (file === undefined) return { message: 'daemon-json', fact: '/etc/docker/daemon.json: not in storage.files' };
  const settings = parsed(file.text ?? '');
  if (settings === undefined) return { message: 'daemon-json', fact: `${file.path}: not a JSON object` };
  const { hosts } = settings;
  if (Array.isArray(hosts) && hosts.some((host) => !/^(fd|unix):\/\//.test(String(host)))) return reachable(`${file.path}: hosts ${hosts.join(', ')}`);
  const remap = settings['userns-remap'];
  const isHardened = settings['no-new-privileges'] === true || (typeof remap === 'string' && remap !== '');
  return isHardened ? undefined : { message: 'daemon-json', fact: `${file.path}: neither userns-remap nor no-new-privileges` };
}

/** A text without its comments: what is commented out does nothing. */
function active(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*[#;]/.test(line))
    .join('\n');
}

/** An address or a port: sockets in the file system start with a slash, an empty value takes away what was there. */
function listensOnNetwork(text: string): boolean {
  return [...text.matchAll(/^\s*ListenStream\s*=[ \t]*(.*)$/gm)].some(([, value = '']) => !/^(\/|%t\/|$)/.test(value.trim()));
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function reachable(fact: string): Shortcoming {
  return { message: 'docker-reachable', fact };
}
