/** What kind of file it is, told by its first bytes: a provider's header may say anything. */

export const SNIFFED_TYPES = [
	'application/pdf',
	'application/zip',
	'application/xml',
	'application/json',
	'text/html',
] as const;
export type SniffedType = (typeof SNIFFED_TYPES)[number];

/** As many first bytes as tell the kind. */
export const SNIFF_BYTES = 512;

const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;
const PROLOG = /^(?:\s*(?:<\?xml.*?\?>|<!--.*?-->))+/is;
const PAGE = /^\s*<(?:!doctype\s+html|html|head|body|script|title|meta)\b/i;

/** Null for what does not tell: CSV and other text, images, an empty file. */
export function sniffMediaType(first: Uint8Array): SniffedType | null {
	// One character a byte; the zero bytes are those of UTF-16.
	const text = Buffer.from(first.subarray(0, SNIFF_BYTES)).toString('latin1').replace(BYTE_ORDER_MARK, '');
	if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'application/zip';
	const readable = text.replaceAll('\0', '').trimStart();
	if (readable.startsWith('%PDF')) return 'application/pdf';
	if (PAGE.test(readable.replace(PROLOG, ''))) return 'text/html';
	if (readable.startsWith('<')) return 'application/xml';
	if (readable.startsWith('{') || readable.startsWith('[')) return 'application/json';
	return null;
}
