import type { Text } from '#lab';

/** Every failure a learner can meet: its code, its status and what it says. */
export const failures = {
  invalid_request: {
    status: 400,
    text: {
      de: 'Diese Anfrage ist so nicht gültig. Lade die Seite neu und versuche es noch einmal.',
      en: 'This request is not valid. Reload the page and try again.',
    },
  },
  invalid_json: {
    status: 400,
    text: { de: 'Der Inhalt der Anfrage ist kein gültiges JSON in UTF-8.', en: 'The body of the request is not valid JSON in UTF-8.' },
  },
  wrong_origin: {
    status: 403,
    text: {
      de: 'Diese Anfrage kam von einer fremden Seite. Öffne den Kurs unter seiner eigenen Adresse. Wer ihn betreibt, kann weitere Adressen mit SCHOTT_ALLOWED_ORIGINS zulassen.',
      en: 'This request came from a foreign page. Open the course at its own address. Its operator can allow further addresses with SCHOTT_ALLOWED_ORIGINS.',
    },
  },
  not_found: { status: 404, text: { de: 'Diese Adresse gibt es hier nicht.', en: 'There is nothing at this address.' } },
  unknown_lab: { status: 404, text: { de: 'Dieses Labor gibt es nicht.', en: 'There is no such lab.' } },
  unknown_session: {
    status: 404,
    text: {
      de: 'Diese Sitzung gibt es nicht oder sie gehört dir nicht. Starte das Labor neu.',
      en: 'There is no such session, or it is not yours. Start the lab again.',
    },
  },
  no_solution: { status: 404, text: { de: 'Zu diesem Labor gibt es keine Musterlösung.', en: 'This lab has no reference solution.' } },
  too_many_sessions: { status: 409, text: { de: 'Du hast schon genug laufende Labore.', en: 'You already have enough labs running.' } },
  session_not_ready: {
    status: 409,
    text: { de: 'Dein Docker-Host startet noch. Versuche es gleich noch einmal.', en: 'Your Docker host is still starting. Try again in a moment.' },
  },
  no_extensions_left: {
    status: 409,
    text: { de: 'Diese Sitzung lässt sich nicht weiter verlängern.', en: 'This session cannot be extended any further.' },
  },
  session_over: { status: 410, text: { de: 'Diese Sitzung ist zu Ende. Starte das Labor neu.', en: 'This session is over. Start the lab again.' } },
  body_too_large: { status: 413, text: { de: 'Die Anfrage ist zu groß; erlaubt sind 64 KiB.', en: 'The request is too large; the limit is 64 KiB.' } },
  unsupported_media_type: {
    status: 415,
    text: {
      de: 'Der Inhalt der Anfrage muss JSON sein (Content-Type: application/json).',
      en: 'The body of the request must be JSON (Content-Type: application/json).',
    },
  },
  too_many_requests: { status: 429, text: { de: 'Das waren zu viele Anfragen. Warte kurz.', en: 'Too many requests. Wait a moment.' } },
  headers_too_large: { status: 431, text: { de: 'Die Kopfzeilen der Anfrage sind zu groß.', en: 'The headers of the request are too large.' } },
  internal: {
    status: 500,
    text: {
      de: 'Auf dem Server ist ein Fehler aufgetreten. Dein gespeicherter Fortschritt ist sicher; versuche es noch einmal.',
      en: 'Something went wrong on the server. Your saved progress is safe; try again.',
    },
  },
  queue_full: {
    status: 503,
    text: {
      de: 'Es warten schon sehr viele auf einen Docker-Host. Versuche es in ein paar Minuten noch einmal.',
      en: 'Very many are waiting for a Docker host already. Try again in a few minutes.',
    },
  },
  labs_off: { status: 503, text: { de: 'Dieser Server bietet keine Labore an.', en: 'This server offers no labs.' } },
  keeper_unavailable: {
    status: 503,
    text: {
      de: 'Die Docker-Hosts sind gerade nicht erreichbar. Die Lektionen kannst du weiter lesen; versuche es in einer Minute noch einmal.',
      en: 'The Docker hosts cannot be reached right now. You can go on reading the lessons; try again in a minute.',
    },
  },
} as const satisfies Record<string, { status: number; text: Text }>;

export type FailureCode = keyof typeof failures;

/** Texts that are not failures of a request. */
export const texts = {
  labsOff: {
    de: 'Dieser Server läuft ohne Labore. Die Lektionen kannst du lesen.',
    en: 'This server runs without labs. You can read the lessons.',
  },
  labUnknownToKeeper: {
    de: 'Dieses Labor ist auf diesem Server noch nicht vorbereitet.',
    en: 'This lab has not been prepared on this server yet.',
  },
  sandboxDied: { de: 'Dein Docker-Host ist abgestürzt. Starte das Labor neu.', en: 'Your Docker host crashed. Start the lab again.' },
  sandboxGone: {
    de: 'Deinen Docker-Host gibt es nicht mehr. Starte das Labor neu; dein Fortschritt ist gespeichert.',
    en: 'Your Docker host is gone. Start the lab again; your progress is saved.',
  },
  waitsForTurn: { de: 'Gleich wird nachgesehen, ob ein Docker-Host frei ist.', en: 'It is about to be seen whether a Docker host is free.' },
  waitsForLearner: {
    de: 'Du bist dran, sobald diese Seite wieder offen ist.',
    en: 'It is your turn as soon as this page is open again.',
  },
  leftWaiting: {
    de: 'Du hast auf einen Docker-Host gewartet, aber diese Seite war lange nicht offen. Dein Platz ging an die Nächsten.',
    en: 'You were waiting for a Docker host, but for a long time this page was not open. Your place went to the next in line.',
  },
  startFailed: { de: 'Dein Docker-Host ließ sich nicht starten. Starte das Labor neu.', en: 'Your Docker host could not be started. Start the lab again.' },
} as const satisfies Record<string, Text>;

/** Says which field of a request is wrong. */
export function invalidFieldText(field: string): Text {
  return { de: `Diese Anfrage ist nicht gültig: Prüfe das Feld „${field}“.`, en: `This request is not valid: check the field “${field}”.` };
}

/** Names the labs that take up the learner's places. */
export function tooManySessionsText(running: readonly Text[]): Text {
  const names = (language: keyof Text) => running.map((title) => title[language]).join(', ');
  return {
    de: `${running.length === 1 ? 'Bei dir läuft schon ein Labor' : `Bei dir laufen schon ${running.length} Labore`}: ${names('de')}. Beende zuerst eines davon.`,
    en: `You already have ${running.length === 1 ? 'one lab' : `${running.length} labs`} running: ${names('en')}. End one of them first.`,
  };
}

/** Says how many wait already. */
export function queueFullText(waiting: number): Text {
  return {
    de: `${waiting} Lernende warten schon auf einen Docker-Host, mehr Plätze hat die Warteschlange nicht. Versuche es in ein paar Minuten noch einmal.`,
    en: `${waiting} learners are waiting for a Docker host already, and the queue has no more places. Try again in a few minutes.`,
  };
}

/** Says why a lab was ended that nobody looked at any more. */
export function abandonedText(minutes: number): Text {
  return {
    de: `Dieses Labor war ${minutes} Minuten lang in keinem Browser mehr offen. Der Docker-Host wurde weggeworfen, damit andere ihn haben können.`,
    en: `For ${minutes} minutes this lab was not open in any browser. The Docker host has been thrown away so that others can have it.`,
  };
}

/** Says how long to wait. */
export function tooManyRequestsText(seconds: number): Text {
  return {
    de: `Das waren zu viele Anfragen. Versuche es in ${seconds === 1 ? 'einer Sekunde' : `${seconds} Sekunden`} noch einmal.`,
    en: `Too many requests. Try again in ${seconds === 1 ? 'one second' : `${seconds} seconds`}.`,
  };
}
