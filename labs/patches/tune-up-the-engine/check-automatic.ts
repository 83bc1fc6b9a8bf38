import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { readFacts, store, type Facts } from './facts.ts';
import { describePackage, installedPackage } from './installed-package.ts';
import { refuseOldRuntime, refuseRestart, workingShop, type Tools } from './shop.ts';

const dailyLimitMs = 45_000;
const repairLimitMs = 20_000;
const bogusVersion = '99.0';
const bogusPath = `/srv/apt/runc_${bogusVersion}_all.deb`;
const leastProgramBytes = 1024 ** 2;

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
    await publish(tools, facts);
    const { output } = await sandbox.runOnHost('run-parts /etc/cron.daily < /dev/null', { timeoutMs: dailyLimitMs });
    const after = await installedPackage(sandbox);
    if (after.version === bogusVersion)
      throw notYet('unsigned-installed', [`beside runc ${facts.next.version} lay an unlisted runc ${bogusVersion}`, describePackage(after)]);
    if (after.hash !== facts.next.hash || after.version !== facts.next.version)
      throw notYet('not-upgraded', [`published: runc ${facts.next.version}; a day later`, describePackage(after), output.trim().slice(-200)]);
    const same = refuseRestart(tools, shop, await workingShop(tools));
    return [`published: runc ${facts.next.version}; after the daily job`, describePackage(after), same];
  } finally {
    await setBack(tools, facts);
  }
}

/** The next edition with its signed index, and beside it a package that nobody has signed for: whoever installs what lies there, without asking apt, takes that. */
async function publish({ sandbox }: Tools, facts: Facts): Promise<void> {
  const script = [
    `cp ${store}/next/* ${store}/debs/*.deb /srv/apt/; rm -f /var/lib/apt/periodic/*-stamp`,
    `work=$(mktemp -d); dpkg-deb --raw-extract ${released(facts)} "$work" && echo bogus >> "$work/usr/sbin/runc"`,
    `sed -i 's/^Version: .*/Version: ${bogusVersion}/' "$work/DEBIAN/control"; rm -f "$work/DEBIAN/md5sums"`,
    `dpkg-deb --root-owner-group -Znone --build "$work" ${bogusPath}; rm -rf "$work"`,
  ];
  await sandbox.runOnHost(script.join('\n'), { timeoutMs: repairLimitMs });
  const index = new TextDecoder().decode(await sandbox.readFile('/srv/apt/Packages'));
  const bogus = await sandbox.stat(bogusPath);
  if (!index.includes(`\nVersion: ${facts.next.version}\n`) || (bogus?.size ?? 0) < leastProgramBytes)
    throw new Inconclusive('control-failed', ['the next edition could not be published in /srv/apt']);
}

/** The repository as released, and the runc of that edition, unless it is there. */
async function setBack({ sandbox }: Tools, facts: Facts): Promise<void> {
  const { hash } = await installedPackage(sandbox);
  const script = [
    `rm -f /srv/apt/runc_*lab2*.deb ${bogusPath} /var/lib/apt/lists/_srv_apt*; cp ${store}/released/* /srv/apt/`,
    ...(hash === facts.released.hash ? [] : [`dpkg --install --force-downgrade ${released(facts)} < /dev/null`]),
  ];
  await sandbox.runOnHost(script.join('\n'), { timeoutMs: repairLimitMs });
}

/** Where the released package is kept; Debian leaves an epoch out of file names. */
function released({ released: { version } }: Facts): string {
  return `${store}/debs/runc_${version.replace(/^\d+:/, '')}_*.deb`;
}
