/** Undeclared encodings. */
import iconv from 'iconv-lite';

import { decodeText, decodeWindows1252 } from '../../../providers/orangeBusiness/windows1252';

it('Windows-1252 is decoded as iconv-lite does, byte by byte', () => {
	const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
	for (let byte = 0; byte < 256; byte += 1) {
		const expected = undefinedBytes.has(byte)
			? String.fromCharCode(byte)
			: iconv.decode(Buffer.from([byte]), 'windows-1252');
		expect([byte, decodeWindows1252(Uint8Array.of(byte))]).toEqual([byte, expected]);
	}
});

it('UTF-8 is UTF-8, without its byte order mark; what is not valid UTF-8 is Windows-1252', () => {
	expect(decodeText(Buffer.from('\ufeffPrix: 5 €'))).toBe('Prix: 5 €');
	expect(decodeText(iconv.encode('Société: 5 €', 'windows-1252'))).toBe('Société: 5 €');
});
