/** Secrets in the words of providers, in all the ways in which programs write a text. */
import * as fc from 'fast-check';

import { hideSecret } from '../../../providers/transport/secretText';

const SECRET = 'pa/ss&wo"rd<1>+2\'ü%\\ x=';

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const lower = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const inForm = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
const html = (text: string): string =>
	text
		.replace(/&/g, '&amp;')
		.replace(/"/g, '&quot;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/'/g, '&#39;');
const byCode =
	(signs: RegExp, write: (code: string) => string) =>
	(text: string): string =>
		text.replace(signs, (sign) => write(sign.charCodeAt(0).toString(16)));

const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
	'as it is': (text) => text,
	'in a URL': encodeURIComponent,
	'in a URL, in small letters': (text) => lower(encodeURIComponent(text)),
	'in a form': inForm,
	'in a form, in small letters': (text) => lower(inForm(text)),
	'in JSON': json,
	'in JSON with escaped slashes': (text) => json(text).replaceAll('/', '\\/'),
	'in JSON by codes': byCode(/[^a-z0-9]/g, (code) => `\\u${code.padStart(4, '0')}`),
	'in JSON with codes for what HTML means': (text) =>
		byCode(/[<>&+']/g, (code) => `\\u${code.toUpperCase().padStart(4, '0')}`)(json(text)),
	'in HTML': html,
	'in HTML by codes': byCode(/[^a-z0-9]/g, (code) => `&#x${code};`),
	'in HTML by decimal codes': byCode(/[^a-z0-9]/g, (code) => `&#${Number.parseInt(code, 16)};`),
};
const names = Object.keys(WRITINGS);
const written = (text: string, how: readonly string[]): string =>
	how.reduce((inner, name) => WRITINGS[name]?.(inner) ?? '', text);

it.each(names.flatMap((inner) => names.map((outer) => [inner, outer])))(
	'a secret that is written %s, and that %s, is hidden',
	(...how) => {
		expect(hideSecret(`refused: ${written(SECRET, how)} is wrong`, SECRET)).toBe('refused: *** is wrong');
	},
);

it('a secret that is written in other letters, as in a host, is hidden', () => {
	expect(hideSecret('on to 1f0c-abcd.x.example', '1F0C-ABCD')).toBe('on to ***.x.example');
	expect(hideSecret('on to 1F0C-ABCD.x.example', '1f0c-abcd')).toBe('on to ***.x.example');
});

it.each(names)('a secret %s that is cut at any place is hidden', (how) => {
	const quoted = written(SECRET, [how]);
	for (let length = 3 * SECRET.length; length < quoted.length; length += 1) {
		expect(hideSecret(`refused: ${quoted.slice(0, length)}`, SECRET)).toBe('refused: ***');
	}
});

it('whatever the secret, and however it is written, it is hidden, and what stands around it stays', () => {
	const how = fc.array(fc.constantFrom(...names), { maxLength: 2 });
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 4 }), how, (secret, way) => {
			const text = `Zürich: ${written(secret, way)}`;
			expect(hideSecret(text, secret)).not.toContain(written(secret, way));
			expect(hideSecret(text, secret)).toContain('***');
		}),
		{ numRuns: 1_000 },
	);
});

it.each(['100 % of &amp; and \\u0041 + %zz &#999999; &#xfffff; \\', 'Zürich 東京 🧾', ''])(
	'%j stays as it is',
	(text) => {
		expect(hideSecret(text, SECRET)).toBe(text);
	},
);

it('a secret of backslashes alone is hidden', () => {
	expect(hideSecret('refused: \\\\', '\\\\')).toBe('refused: ***');
});

it('a text made of escapes is read in no time', () => {
	for (const text of [
		'%25'.repeat(30_000),
		'%' + '25'.repeat(50_000),
		'\\'.repeat(100_000),
		'a'.repeat(300_000),
		'&amp;'.repeat(20_000),
	]) {
		const began = performance.now();
		hideSecret(text, SECRET);
		expect(performance.now() - began).toBeLessThan(1_000);
	}
});
