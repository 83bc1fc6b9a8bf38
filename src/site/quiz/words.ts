import type { Text } from '#lab';

/** Everything the quiz says itself. */
export const words = {
  question: { de: 'Frage', en: 'Question' },
  of: { de: 'von', en: 'of' },
  several: { de: 'Mehrere Antworten können richtig sein.', en: 'More than one answer may be right.' },
  order: { de: 'Bring die Schritte in die richtige Reihenfolge.', en: 'Put the steps in the right order.' },
  match: { de: 'Ordne zu.', en: 'Match them.' },
  choose: { de: 'Bitte wählen', en: 'Choose' },
  up: { de: 'Nach oben', en: 'Move up' },
  down: { de: 'Nach unten', en: 'Move down' },
  moved: { de: '{step}: jetzt an Stelle {place}', en: '{step}: now in place {place}' },
  check: { de: 'Antwort prüfen', en: 'Check the answer' },
  again: { de: 'Noch einmal', en: 'Try again' },
  right: { de: 'Richtig.', en: 'Right.' },
  wrong: { de: 'Noch nicht richtig.', en: 'Not right yet.' },
  empty: { de: 'Wähle zuerst eine Antwort.', en: 'Choose an answer first.' },
  incomplete: { de: 'Ordne erst alles zu.', en: 'Match everything first.' },
  score: { de: '{right} von {all} Fragen richtig beantwortet.', en: '{right} of {all} questions answered correctly.' },
  yes: { de: 'richtig', en: 'right' },
  no: { de: 'falsch', en: 'wrong' },
  selfTest: { de: 'Kurz geprüft', en: 'Quick check' },
  oneQuestion: { de: 'eine Frage', en: 'one question' },
  questions: { de: '{count} Fragen', en: '{count} questions' },
  answers: { de: 'Alle Antworten zeigen', en: 'Show all answers' },
  needsScript: {
    de: 'Zum Beantworten braucht die Seite JavaScript. Ohne hilft dir die Liste der Antworten unten.',
    en: 'Answering needs JavaScript. Without it, the list of answers below helps.',
  },
} as const satisfies Record<string, Text>;
