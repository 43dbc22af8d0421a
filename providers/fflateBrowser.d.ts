/** What is used of fflate's browser build, the one that may be bundled into nodes: `moduleResolution: node10` does not find its types. */
declare module 'fflate/browser' {
	export interface UnzipFileInfo {
		readonly name: string;
		/** Bytes, as the archive announces them. */
		readonly originalSize: number;
		/** As stored in the zip. */
		readonly size: number;
	}

	/** Unpacks the files for which `filter` answers true. @throws Error for an archive that cannot be read */
	export function unzipSync(
		archive: Uint8Array,
		options?: { filter?: (file: UnzipFileInfo) => boolean },
	): Record<string, Uint8Array>;

	export function zipSync(files: Record<string, Uint8Array>): Uint8Array;
}
