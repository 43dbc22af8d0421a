/** File names that are safe on every system and the same for the same document. */
import type { Provider } from '../model/identity';

export interface DocumentName {
	readonly provider: Provider;
	readonly account: string | null;
	readonly number: string | null;
	readonly date: string | null;
	/** Its id, where the bill has several: each needs a name of its own, or one would be stored over the other. */
	readonly document?: string | null;
	/** Without the dot; see `extensionFor`. */
	readonly extension: string;
}

const LONGEST_NAME = 150;
/** Of a name that somebody else gave: what stands before is not looked at. */
const LONGEST_READ = 1_000;
const LONGEST_PART = 60;
const LONGEST_EXTENSION = 10;

/** `LUMEN_5-ABCD5678_1234_2026-01-31.pdf`: ASCII letters, digits and `.+-` only; what is not known is left out. */
export function documentFileName({ provider, account, number, date, document, extension }: DocumentName): string {
	const parts = [provider.replaceAll('_', '-'), account, number, date, document ?? null]
		.map(asciiPart)
		.filter((part) => part !== '');
	return withExtension(parts.join('_'), extension);
}

function asciiPart(part: string | null): string {
	return (part ?? '')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^A-Za-z0-9.+-]+/g, '-')
		.replace(/^[-.]+/, '')
		.slice(0, LONGEST_PART)
		.replace(/(?<![-.])[-.]+$/, '');
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
	['application/pdf', 'pdf'],
	['application/zip', 'zip'],
	['application/xml', 'xml'],
	['text/xml', 'xml'],
	['application/json', 'json'],
	['text/csv', 'csv'],
	['text/plain', 'txt'],
	['text/html', 'html'],
]);
const KNOWN_ENDINGS: ReadonlySet<string> = new Set(EXTENSIONS.values());

/** The usual ending of a media type's files; `bin` for types that bills do not come in. */
export function extensionFor(mediaType: string): string {
	return EXTENSIONS.get(mediaType) ?? 'bin';
}

/** The name with this ending in place of a known one, or after it where it has none that is known. */
export function withExtension(name: string, extension: string): string {
	const ending =
		extension
			.toLowerCase()
			.replace(/[^a-z0-9]/g, '')
			.slice(0, LONGEST_EXTENSION) || 'bin';
	const dot = name.lastIndexOf('.');
	const hasKnown = dot > 0 && KNOWN_ENDINGS.has(name.slice(dot + 1).toLowerCase());
	const stem = hasKnown ? name.slice(0, dot) : name;
	return `${stem.slice(0, LONGEST_NAME - ending.length - 1)}.${ending}`;
}

/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The last part of a path, without what file systems refuse or people do not see; null where nothing of it is left. */
export function safeName(given: string): string | null {
	const name = given
		.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
		.slice(-LONGEST_READ)
		// Control and invisible characters (text direction, zero width), lone surrogates.
		.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
		.replace(/[<>:"|?*]/g, '-')
		.trim()
		.replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
	if (name === '') return null;
	const harmless = DEVICE.test(name) ? `file-${name}` : name;
	if (harmless.length <= LONGEST_NAME) return harmless;
	const ending = /\.[A-Za-z0-9]{1,10}$/.exec(harmless)?.[0] ?? '';
	return harmless.slice(0, LONGEST_NAME - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
}
