/** Text of a file whose encoding is not declared: UTF-8 where it is valid, else Windows-1252, as office programs write it. */

/**
 * What 0x80 to 0x9F stand for; the rest is as in Latin-1. A table, since `TextDecoder('windows-1252')` of Node 20 leaves them
 * as control characters. The five bytes that stand for nothing are kept as those control characters.
 */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Without a byte order mark. */
export function decodeText(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return decodeWindows1252(bytes);
	}
}

export function decodeWindows1252(bytes: Uint8Array): string {
	return Buffer.from(bytes)
		.toString('latin1')
		.replace(/[\u0080-\u009f]/g, (control) => HIGH_CONTROLS.charAt(control.charCodeAt(0) - 0x80));
}
