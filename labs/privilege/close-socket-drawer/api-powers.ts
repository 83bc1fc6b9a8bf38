import type { RoleContainer } from '#lab';
import { targetsFrom, type Target } from './api-targets.ts';
import type { Tools } from './services.ts';

/** What a program in a container can do with the Docker daemon over the network. */
export interface Reach {
  /** Places where something answers like the daemon. */
  readonly apis: readonly string[];
  /** Requests that reached the daemon, one line each. */
  readonly powers: readonly string[];
  readonly tried: number;
}

/** Requests that read out, change or start a container. Of one that does not exist the daemon says so with its name: then the request had reached it. */
const requests: ReadonlyArray<readonly [method: string, path: (name: string) => string, body?: (name: string) => string]> = [
  ['POST', (name) => `/containers/create?name=${name}`, (name) => JSON.stringify({ Image: name })],
  ['POST', (name) => `/containers/${name}/exec`, () => JSON.stringify({ Cmd: ['true'] })],
  ['POST', (name) => `/containers/${name}/start`],
  ['POST', (name) => `/containers/${name}/attach?stdin=1&stream=1`],
  ['DELETE', (name) => `/containers/${name}?force=1`],
  ['GET', (name) => `/containers/${name}/json`],
  ['GET', (name) => `/containers/${name}/archive?path=/`],
  ['GET', (name) => `/containers/${name}/export`],
  ['GET', (name) => `/containers/${name}/logs?stdout=1`],
  ['GET', (name) => `/images/${name}/get`],
  ['POST', (name) => `/commit?container=${name}`],
  ['POST', (name) => `/v1.41/containers/${name}/kill`],
];

/**
 * Looks in a copy of `role` for a Docker API, and at each one for what it lets through. `ward` is the id of a container of the checker's own: it is
 * renamed for a try, since only what has happened is beyond doubt.
 */
export async function reachOf(tools: Tools, role: RoleContainer, ward: string): Promise<Reach> {
  const name = `probe-${tools.sandbox.random(6)}`;
  const { apis, tried } = await findApis(
    tools,
    role,
    `wget -T 2 -q -O /dev/null --post-data '' "http://$1:$2/containers/${ward}/rename?name=${name}-$3" 2>/dev/null`,
  );
  const powers = (await nameOfContainer(tools, ward)).startsWith(name) ? [`POST /containers/${ward}/rename: the container is renamed`] : [];
  for (const api of apis.slice(0, 3)) {
    const marks = requests.map((_, index) => `${name}-r${index}`);
    const answers = (await role.twin(requestScript(api, marks), { timeoutMs: 9000 })).output;
    for (const [index, [method, path]] of requests.entries()) {
      const mark = marks[index] ?? '';
      if (new RegExp(`(No such|cannot find|not found|unable to find)[^\\n]{0,80}${mark}`, 'i').test(answers))
        powers.push(`${method} ${path(mark)} at ${api.host}:${api.port} reached the daemon`);
    }
    if (new RegExp(`No such[^\\n]{0,80}${name}-second`, 'i').test(answers))
      powers.push(`at ${api.host}:${api.port} a second request behind an allowed one reached the daemon`);
  }
  return { apis: apis.map(({ host, port }) => `${host}:${port}`), powers, tried };
}

/** Where in the sandbox a copy of `role` finds something that answers like the Docker daemon. `attempt` is done at each place as well ($1 host, $2 port, $3 number). */
export async function findApis({ sandbox }: Tools, role: RoleContainer, attempt = 'true'): Promise<{ apis: readonly Target[]; tried: number }> {
  const targets = await targetsFrom(sandbox, role);
  const { output } = await role.twin(searchScript(targets, attempt), { timeoutMs: 9000 });
  const apis = [...output.matchAll(/^api (\S+) (\d+)$/gm)].map(([, host = '', port = '']) => ({ host, port: Number(port) }));
  return { apis, tried: targets.length };
}

async function nameOfContainer({ sandbox }: Tools, id: string): Promise<string> {
  const found = (await sandbox.engineApi(`/containers/${id}/json`)) as { Name?: string } | undefined;
  return found?.Name?.replace(/^\//, '') ?? '';
}

/** Asks every target at once for the list of containers. */
function searchScript(targets: readonly Target[], attempt: string): string {
  return [
    'look() {',
    // Whoever is shielded by a firewall does not answer at all: ask once, and not for each request.
    '  timeout 2 nc -w 1 "$1" "$2" </dev/null >/dev/null 2>&1',
    '  [ $? -ne 1 ] || return 0',
    '  list=$(wget -T 2 -q -O - "http://$1:$2/containers/json?limit=1" 2>/dev/null | head -c 2000)',
    '  ping=$(wget -T 2 -S -q -O /dev/null "http://$1:$2/_ping" 2>&1 | head -c 2000)',
    `  ${attempt}`,
    `  case "$list$ping" in *'"Id":"'*|*[Aa]pi-[Vv]ersion:*) echo "api $1 $2" ;; esac`,
    '}',
    ...targets.map(({ host, port }, index) => `look ${host} ${port} ${index} &`),
    'wait',
    'true',
  ].join('\n');
}

/** The input stays open for a moment: the daemon gives up a request whose sender has said that nothing more comes. */
function requestScript({ host, port }: Target, marks: readonly string[]): string {
  const send = (text: string): string => `{ printf '%s' '${text.replaceAll("'", "'\\''")}'; sleep 1; } | timeout 3 nc ${host} ${port} | head -c 3000 &`;
  const second = `${marks[0]?.replace(/-r0$/, '') ?? ''}-second`;
  const head = (method: string, path: string, length: number, connection: string): string =>
    `${method} ${path} HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: ${connection}\r\n\r\n`;
  return [
    ...requests.map(([method, path, body], index) => {
      const mark = marks[index] ?? '';
      const text = body?.(mark) ?? '';
      return send(`${head(method, path(mark), text.length, 'close')}${text}`);
    }),
    send(`${head('GET', '/containers/json?limit=1', 0, 'keep-alive')}${head('DELETE', `/containers/${second}`, 0, 'close')}`),
    'wait',
    'true',
  ].join('\n');
}
