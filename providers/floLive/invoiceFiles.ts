/** The content of `download-invoices`: base64 of one file, or of a zip where several were asked for. */
import { type UnzipFileInfo, unzipSync } from 'fflate/browser';

import { decodeBase64 } from '../documents/base64';
import { sniffMediaType } from '../documents/sniff';
import { BillingError, protocolError } from '../transport/errors';

export interface InvoiceFile {
	/** Without folders; unique in its zip. */
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly mediaType: string;
}

export interface InvoiceFiles {
	/** As they came: the one file, or the zip. */
	readonly bytes: Uint8Array;
	/** Told by the first bytes; `application/octet-stream` where they tell nothing. */
	readonly mediaType: string;
	/** The files in a zip; null where it is none. */
	readonly entries: readonly InvoiceFile[] | null;
}

/** A year of invoices as PDF and XML is far below these; an archive beyond them is refused before it is unpacked. */
export const MAX_ENTRIES = 1_000;
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** @throws BillingError PROTOCOL for what is neither base64 nor a readable zip, TOO_LARGE for a zip beyond the limits. */
export function readInvoiceFiles(attachmentData: string): InvoiceFiles {
	const bytes = decodeBase64(attachmentData);
	const mediaType = mediaTypeOf(bytes);
	return { bytes, mediaType, entries: mediaType === 'application/zip' ? unpack(bytes) : null };
}

function mediaTypeOf(bytes: Uint8Array): string {
	return sniffMediaType(bytes) ?? 'application/octet-stream';
}

function unpack(zip: Uint8Array): readonly InvoiceFile[] {
	const taken = new Set<string>();
	return Object.entries(unzipGuarded(zip)).map(([path, bytes]) => ({
		name: freeName(path, taken),
		bytes,
		mediaType: mediaTypeOf(bytes),
	}));
}

/** The sizes that the zip announces bind: what unpacks to more is cut there, so a lie costs no memory. */
function unzipGuarded(zip: Uint8Array): Readonly<Record<string, Uint8Array>> {
	let entries = 0;
	let unpackedBytes = 0;
	const admit = ({ name, originalSize }: UnzipFileInfo): boolean => {
		if (name.endsWith('/')) return false;
		entries += 1;
		unpackedBytes += originalSize;
		if (entries <= MAX_ENTRIES && unpackedBytes <= MAX_UNPACKED_BYTES) return true;
		throw new BillingError({
			kind: 'TOO_LARGE',
			message: `The zip holds more than ${MAX_ENTRIES} files or ${MAX_UNPACKED_BYTES} bytes`,
			hint: 'Ask for fewer invoices at a time.',
		});
	};
	try {
		return unzipSync(zip, { filter: admit });
	} catch (error) {
		if (error instanceof BillingError) throw error;
		throw protocolError('The zip of invoices is damaged', { hint: 'Download it again, or fewer invoices at a time.' });
	}
}

/** The last part of a path, without what file systems refuse; numbered where another file has that name. */
function freeName(path: string, taken: Set<string>): string {
	const last = path.split(/[/\\]/).at(-1) ?? '';
	const name = last.replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '-').replace(/^\.+/, '') || 'invoice';
	let free = name;
	for (let nth = 2; taken.has(free); nth += 1) free = name.replace(/(\.[^.]*)?$/, ` (${nth})$1`);
	taken.add(free);
	return free;
}
