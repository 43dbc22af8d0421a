/** Takes a secret out of what a provider says, however it wrote it: in a URL, a form, JSON or HTML, or one inside the other. */

const HIDDEN = '***';
/** What is shorter may be the end of any word. */
const SHORTEST_TAIL = 6;
/** An escape may be escaped in its turn, as in JSON inside JSON. */
const MOST_READINGS = 4;
const LONGEST_ESCAPE = 8;

/** Empty secrets are none. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
	return secrets.filter((secret) => secret !== '').reduce(hideSecret, text);
}

/** Texts are compared by their bytes, one character a byte, since URLs encode bytes; in small letters, as hosts are written. */
export function hideSecret(text: string, secret: string): string {
	const wanted = inSmallLetters(readBack(bytesOf(secret)));
	const rest = text.replaceAll(secret, HIDDEN);
	return wanted === '' ? rest : textOf(withoutTail(withoutWhole(bytesOf(rest), wanted), wanted));
}

function withoutWhole(bytes: string, wanted: string): string {
	const signs = readBack(bytes);
	const read = inSmallLetters(signs);
	let rest = '';
	let end = 0;
	for (let at = read.indexOf(wanted); at !== -1; at = read.indexOf(wanted, at + wanted.length)) {
		rest += bytes.slice(end, signs[at]?.start) + HIDDEN;
		end = signs[at + wanted.length - 1]?.end ?? end;
	}
	return rest + bytes.slice(end);
}

/** Words of providers are cut to a length, and the cut may go through a secret, or through an escape in it. */
function withoutTail(bytes: string, wanted: string): string {
	const escape = Math.max(...['%', '&', '\\'].map((mark) => bytes.lastIndexOf(mark)));
	const isCut = escape !== -1 && escape >= bytes.length - LONGEST_ESCAPE;
	for (const end of isCut ? [bytes.length, escape] : [bytes.length]) {
		const signs = readBack(bytes.slice(0, end));
		const read = inSmallLetters(signs);
		for (let length = Math.min(wanted.length - 1, read.length); length >= SHORTEST_TAIL; length -= 1) {
			if (read.endsWith(wanted.slice(0, length))) return bytes.slice(0, signs[read.length - length]?.start) + HIDDEN;
		}
	}
	return bytes;
}

/** A byte that was meant, and where it is written. */
interface Sign {
	readonly byte: string;
	readonly start: number;
	readonly end: number;
}

const ESCAPE = /%([0-9a-f]{2})|&#(\d{1,6});|&#x([0-9a-f]{1,5});|&(amp|quot|apos|lt|gt);|\\+(?:u([0-9a-f]{4}))?|\+/gi;
const NAMED: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

/** The same for a text as for all ways to write it. */
function readBack(bytes: string): readonly Sign[] {
	let signs: readonly Sign[] = Array.from(bytes, (byte, index) => ({ byte, start: index, end: index + 1 }));
	for (let reading = 0; reading < MOST_READINGS; reading += 1) {
		const read = readOnce(signs);
		// What was read in place of one sign is one sign: there is no escape behind it.
		if (read.length === signs.length) return read;
		signs = read;
	}
	return signs;
}

function readOnce(signs: readonly Sign[]): readonly Sign[] {
	const read: (readonly Sign[])[] = [];
	let from = 0;
	for (const match of plain(signs).matchAll(ESCAPE)) {
		const to = match.index + match[0].length;
		const [start, end] = [signs[match.index]?.start ?? 0, signs[to - 1]?.end ?? 0];
		read.push(
			signs.slice(from, match.index),
			Array.from(meant(match), (byte) => ({ byte, start, end })),
		);
		from = to;
	}
	return [...read, signs.slice(from)].flat();
}

/** In bytes. A backslash alone means the sign behind it, a plus a space in forms. */
function meant([all, percent, decimal, hex, name, unicode]: RegExpExecArray): string {
	if (percent !== undefined) return String.fromCharCode(Number.parseInt(percent, 16));
	if (name !== undefined) return NAMED[name.toLowerCase()] ?? '';
	const code = decimal === undefined ? Number.parseInt(hex ?? unicode ?? '', 16) : Number(decimal);
	if (!Number.isNaN(code)) return bytesOf(String.fromCodePoint(code));
	return all === '+' ? ' ' : '';
}

function plain(signs: readonly Sign[]): string {
	return signs.map(({ byte }) => byte).join('');
}

function inSmallLetters(signs: readonly Sign[]): string {
	return plain(signs).toLowerCase();
}

function bytesOf(text: string): string {
	return Buffer.from(text).toString('latin1');
}

function textOf(bytes: string): string {
	return Buffer.from(bytes, 'latin1').toString();
}
