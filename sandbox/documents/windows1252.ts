/** Text as Windows-1252 bytes, which older spreadsheet exports use. */

/** What 0x80 to 0x9F stand for; a space fills the five places that are unused. */
const UPPER_CONTROLS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const QUESTION_MARK = 0x3f;

/** The bytes of `text`; characters that the code page lacks become `?`. */
export function windows1252(text: string): Uint8Array {
	return Uint8Array.from(Array.from(text, byteOf));
}

function byteOf(character: string): number {
	const code = character.codePointAt(0) ?? QUESTION_MARK;
	if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
	const place = UPPER_CONTROLS.indexOf(character);
	return place === -1 ? QUESTION_MARK : 0x80 + place;
}
