import type { ITheme } from '@xterm/xterm';

const colours = {
  foreground: 'foreground',
  background: 'background',
  cursor: 'cursor',
  cursorAccent: 'background',
  selectionBackground: 'selection',
  black: 'black',
  red: 'red',
  green: 'green',
  yellow: 'yellow',
  blue: 'blue',
  magenta: 'magenta',
  cyan: 'cyan',
  white: 'white',
  brightBlack: 'bright-black',
  brightRed: 'bright-red',
  brightGreen: 'bright-green',
  brightYellow: 'bright-yellow',
  brightBlue: 'bright-blue',
  brightMagenta: 'bright-magenta',
  brightCyan: 'bright-cyan',
  brightWhite: 'bright-white',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** The terminal's colours, read from the custom properties `--terminal-…` that hold at `element`. */
export function terminalTheme(element: Element): ITheme {
  const style = getComputedStyle(element);
  return Object.fromEntries(Object.entries(colours).map(([key, name]) => [key, style.getPropertyValue(`--terminal-${name}`).trim()]));
}
