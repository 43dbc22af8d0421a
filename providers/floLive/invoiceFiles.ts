/** The content of `download-invoices`: base64 of one file, or of a zip where several were asked for. */
import { type UnpackedFile, fileTypeOf, unpackZip } from '../documents/unzip';
import { protocolError } from '../transport/errors';

export interface InvoiceFiles {
	/** As they came: the one file, or the zip. */
	readonly bytes: Uint8Array;
	/** Told by the first bytes; `application/octet-stream` where they tell nothing. */
	readonly mediaType: string;
	/** The files in a zip; null where it is none. */
	readonly entries: readonly UnpackedFile[] | null;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** @throws BillingError PROTOCOL for what is neither base64 nor a readable zip, TOO_LARGE for a zip beyond the limits. */
export function readInvoiceFiles(attachmentData: string): InvoiceFiles {
	const base64 = attachmentData.replace(/\s/g, '');
	if (!BASE64.test(base64)) throw protocolError('The invoice file is not base64');
	const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
	const mediaType = fileTypeOf(bytes);
	return { bytes, mediaType, entries: mediaType === 'application/zip' ? unpackZip(bytes) : null };
}
