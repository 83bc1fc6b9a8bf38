import { Remembered } from './remembered.ts';

export const defaultFontSize = 14;
const smallestFontSize = 9;
const largestFontSize = 32;

const fontSize = new Remembered('terminal_font_size', defaultFontSize);
const screenReaderMode = new Remembered('terminal_screen_reader', false);

/** How all terminals of this browser look. Fires `change`. */
class TerminalSettings extends EventTarget {
  get fontSize(): number {
    return fontSize.get();
  }

  set fontSize(pixels: number) {
    fontSize.set(Math.min(largestFontSize, Math.max(smallestFontSize, pixels)));
    this.dispatchEvent(new Event('change'));
  }

  get screenReaderMode(): boolean {
    return screenReaderMode.get();
  }

  set screenReaderMode(isOn: boolean) {
    screenReaderMode.set(isOn);
    this.dispatchEvent(new Event('change'));
  }
}

export const terminalSettings = new TerminalSettings();
