/** Base64, read strictly. */
import { protocolError } from '../transport/errors';

/**
 * Strictly: `Buffer.from` would skip what is no base64 and hand over a damaged file. Line breaks are allowed (MIME).
 * @throws BillingError PROTOCOL
 */
export function decodeBase64(base64: string): Uint8Array {
	const text = base64.replace(/\s+/g, '');
	if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
		throw protocolError('The file inside the answer is damaged: it is not base64', { hint: 'Download it again.' });
	}
	return Buffer.from(text, 'base64');
}
