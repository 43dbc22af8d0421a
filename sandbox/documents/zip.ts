/** Several files in one zip whose bytes depend on the files alone, not on the hour. */
import { zipSync } from 'fflate';

/** Zip entries hold local time: the parts of this date are the same in every time zone. */
const ENTRY_DATE = new Date(1980, 0, 1);

/** A zip of the files by name. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
	return zipSync({ ...files }, { mtime: ENTRY_DATE });
}
