import type { Text } from '#lab';

/** An answer of the keeper that is not success: status, code and a text for the learner. */
export class KeeperFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Text;

  constructor(status: number, code: string, text: Text) {
    super(`${code}: ${text.en}`);
    this.name = 'KeeperFailure';
    this.status = status;
    this.code = code;
    this.text = text;
  }
}

export const failures = {
  unknownSandbox: () =>
    new KeeperFailure(404, 'unknown-sandbox', { de: 'Diesen Docker-Host gibt es nicht (mehr).', en: 'There is no such Docker host (any more).' }),
  unknownLab: () => new KeeperFailure(404, 'unknown-lab', { de: 'Dieses Labor gibt es nicht.', en: 'There is no such lab.' }),
  notReady: () => new KeeperFailure(409, 'not-ready', { de: 'Der Docker-Host startet noch.', en: 'The Docker host is still starting.' }),
  labPreparing: (percent: number) =>
    new KeeperFailure(503, 'lab-preparing', {
      de: `Das Labor wird gerade vorbereitet (${percent} %). Versuche es gleich noch einmal.`,
      en: `The lab is being prepared (${percent} %). Try again in a moment.`,
    }),
  labUnavailable: (reason: Text) => new KeeperFailure(503, 'lab-unavailable', reason),
  noRoom: (capacity: number) =>
    new KeeperFailure(503, 'no-room', {
      de: `Alle ${capacity} Docker-Hosts sind belegt. Sobald einer frei wird, geht es weiter.`,
      en: `All ${capacity} Docker hosts are in use. It goes on as soon as one is free.`,
    }),
  noMemory: (inUse: number) =>
    new KeeperFailure(503, 'no-room', {
      de: `Der Arbeitsspeicher dieser Maschine reicht gerade nicht für einen weiteren Docker-Host (${inUse} laufen).`,
      en: `This machine has no memory for another Docker host at the moment (${inUse} are running).`,
    }),
  noDisk: () =>
    new KeeperFailure(503, 'no-room', {
      de: 'Auf der Platte dieser Maschine ist gerade kein Platz für einen weiteren Docker-Host.',
      en: 'There is no space for another Docker host on the disk of this machine at the moment.',
    }),
  manyStarting: (starting: number) =>
    new KeeperFailure(503, 'many-starting', {
      de: `Gerade starten viele auf einmal. ${starting === 1 ? 'Ein Docker-Host wird' : `${starting} Docker-Hosts werden`} eben aufgesetzt, dann sind die nächsten dran.`,
      en: `Many are starting at once. ${starting === 1 ? 'One Docker host is' : `${starting} Docker hosts are`} being set up, then it is the turn of the next.`,
    }),
  engineDown: () =>
    new KeeperFailure(503, 'engine-down', {
      de: 'Die Engine, auf der die Docker-Hosts laufen, antwortet nicht. Sie wird gerade neu gestartet.',
      en: 'The engine that runs the Docker hosts does not answer. It is being restarted.',
    }),
} as const;
