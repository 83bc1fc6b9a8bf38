import type { Language } from '#lab';
import { ask } from './ask.ts';
import { Remembered } from './remembered.ts';
import { say } from './texts.ts';

const longestPreview = 4000;
const mayPasteLines = new Remembered('paste_without_asking', false, 'sessionStorage');

/** May `text` be pasted into a shell? Several lines could run at once, so the learner sees them first. */
export async function mayPaste(text: string, language: Language): Promise<boolean> {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n|\r/).length;
  if (lines < 2 || mayPasteLines.get()) return true;
  const { accepted, remember } = await ask({
    title: say(language, 'pasteTitle', { n: lines }),
    body: say(language, 'pasteBody'),
    accept: say(language, 'paste'),
    preview: text.length > longestPreview ? `${text.slice(0, longestPreview)}…` : text,
    remember: say(language, 'pasteNoAsk'),
  });
  if (accepted && remember) mayPasteLines.set(true);
  return accepted;
}
