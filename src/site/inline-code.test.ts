import { expect, test } from 'vitest';
import { inlineCodeHtml } from './inline-code.ts';

test('text between backticks becomes code', () => {
  expect(inlineCodeHtml('Nimm `--user 1000` und `--cap-drop ALL`.')).toBe('Nimm <code>--user 1000</code> und <code>--cap-drop ALL</code>.');
});

test('markup in a text is shown, not interpreted, inside code and outside', () => {
  expect(inlineCodeHtml('<img src=x> `a && "b"`')).toBe('&lt;img src=x&gt; <code>a &amp;&amp; &quot;b&quot;</code>');
});

test('a lone backtick stays one', () => {
  expect(inlineCodeHtml('Das Zeichen ` allein')).toBe('Das Zeichen ` allein');
});
