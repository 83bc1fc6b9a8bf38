import { ConnectionFailed, NotYet } from '#lab';
import type { ChecksOf, RoleContainer } from '#lab';
import { dataFolder, describeFile, lendsHostRights, listData, refuseOpenData, writtenFile } from './data.ts';
import { ask, findDesk, findErp, firstNotes, proveGenuine, readNote, show, storeNote, type Tools } from './erp.ts';
import type lab from './lab.ts';
import { describe, liveProcesses, refuseHostNumbers, refuseNarrowMap } from './numbers.ts';

/** So long a container with a restart policy may take to come back after the engine. */
const comeBackMs = 10_000;

/** Without a policy somebody else would have to start it. */
const comeBackByItselfMs = 3000;

export default {
  async remap(tools) {
    const erp = await findErp(tools);
    const processes = await refuseHostNumbers(tools, await liveProcesses(erp));
    const genuine = await proveGenuine(tools, erp);
    return [...processes, ...(await refuseNarrowMap(tools, erp)), genuine];
  },

  async 'still-root'(tools) {
    const erp = await findErp(tools);
    const processes = await liveProcesses(erp);
    const others = processes.filter(({ uidsInContainer }) => uidsInContainer[0] !== 0);
    if (others.length > 0) throw tools.notYet('not-root-inside', others.map(describe));
    await refuseHostNumbers(tools, processes);
    const genuine = await proveGenuine(tools, erp);
    const status = await ask(tools, erp, { path: '/cgi-bin/status' });
    if (!/^uid 0\nspool ok$/.test(status.body.trim())) throw tools.notYet('self-test-failed', [`GET /cgi-bin/status: ${show(status)}`]);
    return [...processes.map(describe), `GET /cgi-bin/status: ${show(status)}`, genuine];
  },

  async 'data-kept'(tools) {
    const erp = await findErp(tools);
    await proveGenuine(tools, erp);
    await refuseLostNotes(tools, 8080);
    const folder = await dataFolder(tools, erp);
    refuseOpenData(tools, await tools.sandbox.list(folder));
    await refuseHostNumbers(tools, await liveProcesses(erp));
    const note = await storeNote(tools, erp);
    try {
      const text = await readNote(tools, erp, note.id);
      if (text !== note.text) throw tools.notYet('note-lost', [`stored "${note.text}" as ${note.id}, read "${text.slice(0, 120)}"`]);
      const facts = await writtenFile(tools, erp, folder, `notes/${note.id}`);
      return ['all five notes of the start are there', `a new note came back: ${note.id}`, describeFile(facts)];
    } finally {
      await tools.sandbox.removeFile(`${folder}/notes/${note.id}`);
    }
  },

  async 'setuid-dead'(tools) {
    const erp = await findErp(tools);
    const folder = await dataFolder(tools, erp);
    const name = `probe-${tools.sandbox.random()}`;
    try {
      const answer = await ask(tools, erp, { path: `/cgi-bin/upload?name=${name}&mode=6755`, method: 'POST', body: '#!/bin/sh\n' });
      if (answer.status !== 201) throw tools.notYet('upload-refused', [`POST /cgi-bin/upload?name=${name}&mode=6755: ${show(answer)}`]);
      const facts = await writtenFile(tools, erp, folder, name);
      if ((facts.mode & 0o6111) !== 0o6111) throw tools.notYet('upload-refused', [describeFile(facts)]);
      if (lendsHostRights(facts)) throw tools.notYet('setuid-root', [describeFile(facts)]);
      await refuseHostNumbers(tools, await liveProcesses(erp));
      const left = (await listData(tools, folder)).filter(lendsHostRights);
      if (left.length > 0) throw tools.notYet('leftover', left.slice(0, 5).map(describeFile));
      return [`uploaded with mode 6755: ${describeFile(facts)}`, 'no other program in the data folder lends the rights of a user of the Docker host'];
    } finally {
      await tools.sandbox.removeFile(`${folder}/${name}`);
    }
  },

  async 'no-opt-outs'(tools) {
    const { sandbox, notYet } = tools;
    const host = await sandbox.hostProcess();
    const running = (await sandbox.containers()).filter((container) => container.running);
    const declared = running.filter(({ hostConfig }) => hostConfig['UsernsMode'] === 'host').map(({ name }) => `${name}: --userns=host`);
    const all = (await sandbox.processes()).filter((process) => running.some(({ id }) => process.cgroup.includes(id)));
    const outside = all.filter((process) => process.namespaces.user === host.namespaces.user);
    if (declared.length + outside.length > 0) throw notYet('opts-out', [...declared, ...outside.map(describe)]);
    const desk = await findDesk(tools);
    const genuine = await proveGenuine(tools, desk);
    await refuseLostNotes(tools, 8081);
    return [`${all.length} processes of ${running.length} containers: none in the Docker host's user namespace ${host.namespaces.user}`, genuine];
  },

  async 'survives-restart'(tools) {
    const erp = await findErp(tools);
    await refuseHostNumbers(tools, await liveProcesses(erp));
    await tools.sandbox.restartEngine();
    await untilBack(tools, erp);
    const processes = await refuseHostNumbers(tools, await liveProcesses(erp));
    const genuine = await proveGenuine(tools, erp);
    await refuseLostNotes(tools, 8080);
    return ['the engine was restarted', ...processes, genuine, 'all five notes of the start are there'];
  },
} satisfies ChecksOf<typeof lab>;

/** Asks for the notes of the start at the port of one of the two services. Who answers there is proven elsewhere; here the content is what nobody else has. */
async function refuseLostNotes(tools: Tools, port: number): Promise<void> {
  const notes = await firstNotes(tools.sandbox);
  const answers = await Promise.all(notes.map(({ id }) => tools.sandbox.http({ port, path: `/cgi-bin/note?id=${id}` }))).catch((error: unknown) => {
    if (!(error instanceof ConnectionFailed)) throw error;
    throw tools.notYet('silent', [error.message]);
  });
  const lost = notes
    .map(({ id, text }, index) => ({ id, text, found: answers[index]?.body.trim() ?? '' }))
    .filter(({ text, found }) => found !== text)
    .map(({ id, found }) => `GET :${port}/cgi-bin/note?id=${id}: "${found.slice(0, 60)}"`);
  if (lost.length > 0) throw tools.notYet('notes-lost', lost);
}

/** Waits until the ERP answers again. Throws NotYet (`not-back`). */
async function untilBack(tools: Tools, erp: RoleContainer): Promise<void> {
  const limitMs = (await isToComeBack(tools, erp)) ? comeBackMs : comeBackByItselfMs;
  for (const deadline = Date.now() + limitMs; ; await tools.sandbox.sleep(300)) {
    try {
      await proveGenuine(tools, erp);
      return;
    } catch (error) {
      const isAway = error instanceof NotYet && ['role-missing', 'silent'].includes(error.messageId);
      if (!isAway) throw error;
      if (Date.now() > deadline) throw tools.notYet('not-back', error.evidence);
    }
  }
}

async function isToComeBack({ sandbox }: Tools, { id }: RoleContainer): Promise<boolean> {
  const container = (await sandbox.containers()).find((one) => one.id === id);
  const policy = container?.hostConfig['RestartPolicy'] as { readonly Name?: string } | undefined;
  return !['', 'no'].includes(policy?.Name ?? '');
}
