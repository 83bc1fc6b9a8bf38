import { ConnectionFailed } from '#lab';
import type { ChecksOf } from '#lab';
import type lab from './lab.ts';

export default {
  async 'flag-out-of-reach'({ sandbox, notYet }) {
    const web = await sandbox.role({ label: 'web', port: 8080, image: 'lab/web' });
    const page = await web.http({ path: '/' }).catch((error: unknown) => {
      if (error instanceof ConnectionFailed) throw notYet('not-serving', [`port 8080: ${error.message}`]);
      throw error;
    });
    if (page.status !== 200 || !page.answeredByContainer) throw notYet('not-serving', [`GET /: HTTP ${page.status}`]);

    const [first] = await web.processes();
    const flags = first.mounts.filter((mount) => mount.root === '/root/flag.txt');
    if (flags.length > 0)
      throw notYet(
        'flag-mounted',
        flags.map((mount) => `${mount.root} is mounted on ${mount.target}`),
      );
    return [`GET /: HTTP ${page.status}`, `pid ${first.pids[0]} has ${first.mounts.length} mounts, none of them the flag`];
  },
} satisfies ChecksOf<typeof lab>;
