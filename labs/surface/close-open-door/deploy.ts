import { ConnectionFailed } from '#lab';
import type { Evidence, HttpAnswer, HttpRequest, NestedContainer } from '#lab';
import { ciFolder, localUser, readCiFiles, readCiWay, type CiWay } from './ci-folder.ts';
import type { Tools } from './shop.ts';

const neverStarted = '0001-01-01';

/**
 * Deploys as CI does, with nothing but what lies in `/srv/ci`: from the attacker's network, which is the CI machine's, too, with CI's certificate; or, when CI's jobs
 * stay on the Docker host, as the user who runs them. That a container came about is what this host's own engine says.
 */
export async function deploy(tools: Tools): Promise<Evidence> {
  const way = await readCiWay(tools);
  if (way.kind === 'unclear') throw tools.notYet('ci-unclear', [`DOCKER_HOST=${way.host}: ${way.reason}`]);
  if (way.kind === 'plain') throw tools.notYet('ci-unencrypted', [`DOCKER_HOST=${way.host}, DOCKER_TLS_VERIFY is not set`]);
  return way.kind === 'tls' ? deployThroughNetwork(tools, way) : deployOnHost(tools, way.host);
}

async function deployThroughNetwork(tools: Tools, { host, name, port, folder }: CiWay & { kind: 'tls' }): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const read = await readCiFiles(tools, folder);
  if ('missing' in read) throw notYet('ci-files-missing', [`there is no ${read.missing}`]);
  const tls = { ...read.files, name };
  const ask = async (request: Pick<HttpRequest, 'method' | 'path' | 'headers' | 'body'>, expected: number): Promise<HttpAnswer> => {
    const answer = await sandbox.http({ port, tls, ...request }).catch((error: unknown) => {
      if (!(error instanceof ConnectionFailed)) throw error;
      throw notYet('ci-refused', [`${request.method} ${request.path} at ${host} with the files in ${folder}: ${error.message}`]);
    });
    if (answer.status === expected) return answer;
    throw notYet('ci-refused', [
      `${request.method} ${request.path} at ${host} with the files in ${folder}: status ${answer.status} ${answer.body.trim().slice(0, 200)}`,
    ]);
  };
  const mark = sandbox.random();
  const body = JSON.stringify({ Image: 'lab/bb', Cmd: ['true'], Labels: { ...sandbox.probeLabels, 'lab.deployed': mark } });
  const created = await ask({ method: 'POST', path: '/containers/create', headers: { 'content-type': 'application/json' }, body }, 201);
  const id = /"Id":\s*"([0-9a-f]{64})"/.exec(created.body)?.[1] ?? 'none';
  await ask({ method: 'POST', path: `/containers/${id}/start` }, 204);
  const deployed = await findDeployed(tools, mark);
  await ask({ method: 'DELETE', path: `/containers/${id}?force=1` }, 204);
  return [`a client with the files in ${folder} reached ${host}, created and started container ${deployed.id.slice(0, 12)} and removed it`];
}

async function deployOnHost(tools: Tools, host: string): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const account = await accountLine(tools);
  const [, , uid] = account?.split(':') ?? [];
  if (uid === undefined || Number(uid) === 0)
    throw notYet('ci-user', [account === undefined ? `there is no user ${localUser}` : `${localUser} has the number ${uid}`]);
  const mark = sandbox.random();
  const labels = Object.entries({ ...sandbox.probeLabels, 'lab.deployed': mark }).map(([name, value]) => `--label ${name}=${value}`);
  const script = `cd ${ciFolder} && set -a && . ./env && set +a && docker run --detach ${labels.join(' ')} lab/bb true`;
  const { ok, output } = await sandbox.runOnHost(script, { user: localUser });
  if (!ok) throw notYet('ci-user', [`docker run as ${localUser} with DOCKER_HOST=${host}: ${output.trim().slice(-200)}`]);
  const deployed = await findDeployed(tools, mark);
  await sandbox.runOnHost(`docker rm --force ${deployed.id}`);
  return [`user ${localUser} (number ${uid}) created and started container ${deployed.id.slice(0, 12)} at ${host}`];
}

async function findDeployed({ sandbox, notYet }: Tools, mark: string): Promise<NestedContainer> {
  const deployed = (await sandbox.containers()).find(({ labels, startedAt }) => labels['lab.deployed'] === mark && !startedAt.startsWith(neverStarted));
  if (deployed === undefined)
    throw notYet('ci-elsewhere', [`the deployment was confirmed, but this host’s engine started no container with the label lab.deployed=${mark}`]);
  return deployed;
}

async function accountLine({ sandbox }: Tools): Promise<string | undefined> {
  const content = await sandbox.readFile('/etc/passwd');
  return Buffer.from(content ?? [])
    .toString()
    .split('\n')
    .find((line) => line.startsWith(`${localUser}:`));
}
