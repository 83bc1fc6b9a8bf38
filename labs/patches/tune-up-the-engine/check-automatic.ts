import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { readFacts, store, type Facts } from './facts.ts';
import { describePackage, installedPackage } from './installed-package.ts';
import { refuseOldRuntime, refuseRestart, workingShop, type Tools } from './shop.ts';

const dailyLimitMs = 45_000;
const repairLimitMs = 20_000;

/**
 * A day passes: the repository gets a next edition of runc, and the host does what it does once a day. Afterwards that edition must be there, and the shop must
 * not have noticed. Then all is set back, so that the same can be shown again.
 */
export async function checkAutomatic(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const facts = await readFacts(sandbox);
  const shop = await workingShop(tools);
  await refuseOldRuntime(tools);
  await setBack(tools, facts);
  try {
    await sandbox.runOnHost(`cp ${store}/next/* ${store}/debs/*.deb /srv/apt/; rm -f /var/lib/apt/periodic/*-stamp`);
    const index = new TextDecoder().decode(await sandbox.readFile('/srv/apt/Packages'));
    if (!index.includes(`\nVersion: ${facts.next.version}\n`))
      throw new Inconclusive('control-failed', ['the next edition could not be published in /srv/apt']);
    const { output } = await sandbox.runOnHost('run-parts /etc/cron.daily < /dev/null', { timeoutMs: dailyLimitMs });
    const after = await installedPackage(sandbox);
    if (after.hash !== facts.next.hash || after.version !== facts.next.version)
      throw notYet('not-upgraded', [`published: runc ${facts.next.version}; a day later`, describePackage(after), output.trim().slice(-200)]);
    const same = refuseRestart(tools, shop, await workingShop(tools));
    return [`published: runc ${facts.next.version}; after the daily job`, describePackage(after), same];
  } finally {
    await setBack(tools, facts);
  }
}

/** The repository as released, and the runc of that edition, unless it is there. */
async function setBack({ sandbox }: Tools, { released, next }: Facts): Promise<void> {
  const { hash } = await installedPackage(sandbox);
  const deb = `${store}/debs/runc_${released.version.replace(/^\d+:/, '')}_*.deb`;
  const script = [
    `rm -f /srv/apt/runc_*lab2*.deb /var/lib/apt/lists/_srv_apt*; cp ${store}/released/* /srv/apt/`,
    ...(hash === next.hash ? [`dpkg --install --force-downgrade ${deb} < /dev/null`] : []),
  ];
  await sandbox.runOnHost(script.join('\n'), { timeoutMs: repairLimitMs });
}
