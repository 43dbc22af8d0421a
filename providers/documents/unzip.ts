/** Unpacking a zip of bill files: within limits that a lying zip cannot get around, under names that are safe. */
import { type UnzipFileInfo, unzipSync } from 'fflate/browser';

import { BillingError, protocolError } from '../transport/errors';
import { safeName } from './fileName';
import { sniffMediaType } from './sniff';

export interface UnpackedFile {
	/** Without folders; unique in its zip. */
	readonly name: string;
	readonly bytes: Uint8Array;
	/** Told by the first bytes; `application/octet-stream` where they tell nothing. */
	readonly mediaType: string;
}

/** A year of bills as PDF and XML is far below these; an archive beyond them is refused before it is unpacked. */
export const MAX_ENTRIES = 1_000;
export const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** @throws BillingError PROTOCOL for what is no readable zip, TOO_LARGE for one beyond the limits. */
export function unpackZip(zip: Uint8Array): readonly UnpackedFile[] {
	const taken = new Set<string>();
	return Object.entries(unzipGuarded(zip)).map(([path, bytes]) => ({
		name: freeName(path, taken),
		bytes,
		mediaType: fileTypeOf(bytes),
	}));
}

export function fileTypeOf(bytes: Uint8Array): string {
	return sniffMediaType(bytes) ?? 'application/octet-stream';
}

/**
 * The sizes that the zip announces bind: a packed file that unpacks to more is cut there, so a lie costs no memory. A file
 * that is not packed comes out as large as it is stored, whatever it announces, and several may be the same bytes.
 */
function unzipGuarded(zip: Uint8Array): Readonly<Record<string, Uint8Array>> {
	let entries = 0;
	let unpackedBytes = 0;
	const admit = ({ name, size, originalSize }: UnzipFileInfo): boolean => {
		if (name.endsWith('/')) return false;
		entries += 1;
		unpackedBytes += Math.max(size, originalSize);
		if (entries <= MAX_ENTRIES && unpackedBytes <= MAX_UNPACKED_BYTES) return true;
		throw new BillingError({
			kind: 'TOO_LARGE',
			message: `The zip holds more than ${MAX_ENTRIES} files or ${MAX_UNPACKED_BYTES} bytes`,
			hint: 'Take it as it is, or ask for fewer bills at a time.',
		});
	};
	const files = unpacked(zip, admit);
	// Two of one name are one here, and what is called like a part of every object is none: a bill must not go missing.
	if (Object.keys(files).length === entries) return files;
	throw protocolError('Files in the zip have names that cannot be told apart', {
		hint: 'Download fewer bills at a time.',
	});
}

function unpacked(zip: Uint8Array, filter: (file: UnzipFileInfo) => boolean): Readonly<Record<string, Uint8Array>> {
	try {
		return unzipSync(zip, { filter });
	} catch (error) {
		if (error instanceof BillingError) throw error;
		throw protocolError('The zip is damaged', { hint: 'Download it again, or fewer bills at a time.' });
	}
}

/** A safe name, numbered where another file has it: also in other letters, since not every file system tells them apart. */
function freeName(path: string, taken: Set<string>): string {
	const name = safeName(path) ?? 'invoice';
	let free = name;
	for (let nth = 2; taken.has(free.toLowerCase()); nth += 1) free = name.replace(/(\.[^.]*)?$/, ` (${nth})$1`);
	taken.add(free.toLowerCase());
	return free;
}
