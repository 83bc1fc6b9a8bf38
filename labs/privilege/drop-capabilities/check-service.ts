import type { Evidence } from '#lab';
import { ask, nameOf, operatorsPort, pagesPort, tenants, theProxy, workingPages, type Tools } from './proxy.ts';

/** Tenants get their pages, operators their answers, and whoever works for them is not root. */
export async function checkService(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await theProxy(tools);
  const pages = await workingPages(tools);
  const name = `roots-${sandbox.random(6)}.txt`;
  const content = sandbox.random(16);
  await sandbox.plantFile({ path: `${tenants}/alster/${name}`, content, mode: 0o600, uid: 0, gid: 0 });
  const forbidden = await ask(tools, role, pagesPort, `/alster/${name}`, 'pages-broken');
  if (forbidden.body.includes(content)) throw notYet('serves-as-root', [`GET /alster/${name}, owner root, mode 600: ${forbidden.status}, with its content`]);
  const [, ...workers] = await role.processes();
  const root = workers.find(({ uidsInContainer }) => uidsInContainer.includes(0));
  if (root !== undefined) throw notYet('serves-as-root', [`Uid of ${nameOf(root)} in the container: ${root.uidsInContainer.join(' ')}`]);
  const operators = [await operatorsSay(tools, 'alster/index.html', '200'), await operatorsSay(tools, `alster/no-${sandbox.random(4)}.html`, '404')];
  return [...pages, `GET /alster/${name}, owner root, mode 600: ${forbidden.status}`, ...operators];
}

async function operatorsSay(tools: Tools, page: string, status: '200' | '404'): Promise<string> {
  const { body } = await ask(tools, await theProxy(tools), operatorsPort, `/cgi-bin/check?page=${page}`, 'operators-broken');
  if (!new RegExp(`HTTP/1\\.\\d ${status}\\b`).test(body))
    throw tools.notYet('operators-broken', [`GET /cgi-bin/check?page=${page}: not the expected ${status}`, body.trim().split('\n')[0] ?? '']);
  return `port ${operatorsPort} says ${status} for ${page}`;
}
