/** Whether bytes are the kind of file that was asked for. */
import { BillingError, protocolError } from '../transport/errors';
import { extensionFor, withExtension } from './fileName';
import { SNIFFED_TYPES, type SniffedType, sniffMediaType } from './sniff';

export interface WantedDocument {
	/** What may come, likeliest first, for instance `application/pdf`. */
	readonly mediaTypes: readonly string[];
	/** Its ending is made that of the kind of file that came. */
	readonly fileName: string;
	/** `MAX_DOCUMENT_BYTES` where absent. */
	readonly maxBytes?: number | undefined;
}

/** Far above any bill or report, and what a machine can hold. */
export const MAX_DOCUMENT_BYTES = 200 * 1024 * 1024;

/**
 * The media type, where it is one of those wanted, else null. First bytes that tell decide; where they do not, as in CSV,
 * the header does, and where that says nothing of use either, the wanted type whose files do not show in their first bytes.
 */
export function kindOf(head: Uint8Array, contentType: string | undefined, wanted: WantedDocument): string | null {
	if (head.length === 0) return null;
	const types = wanted.mediaTypes.map(canonicalType);
	const told = sniffMediaType(head);
	if (told !== null) return types.includes(told) ? told : null;
	const declared = canonicalType(contentType ?? '');
	if (isTold(declared)) return null;
	const untold = types.filter((type) => !isTold(type));
	return untold.find((type) => type === declared) ?? untold[0] ?? null;
}

function canonicalType(contentType: string): string {
	const type = contentType.replace(/;.*/s, '').trim().toLowerCase();
	return type === 'text/xml' ? 'application/xml' : type;
}

function isTold(type: string): type is SniffedType {
	return (SNIFFED_TYPES as readonly string[]).includes(type);
}

export function named(
	mediaType: string,
	{ fileName }: WantedDocument,
): { readonly mediaType: string; readonly fileName: string } {
	return { mediaType, fileName: withExtension(fileName, extensionFor(mediaType)) };
}

/** @throws BillingError TOO_LARGE */
export function refuseTooLarge(bytes: number, { maxBytes = MAX_DOCUMENT_BYTES }: WantedDocument): void {
	if (bytes <= maxBytes) return;
	throw new BillingError({
		kind: 'TOO_LARGE',
		message: `The file is larger than the ${maxBytes} bytes allowed`,
		hint: 'Download it from the portal of the provider.',
	});
}

const IN_WORDS: Readonly<Record<SniffedType, string>> = {
	'application/pdf': 'a PDF',
	'application/zip': 'a zip archive',
	'application/xml': 'XML',
	'application/json': 'JSON',
	'text/html': 'a web page',
};

/** PROTOCOL, saying what came and what was wanted. */
export function notTheFile(head: Uint8Array, { mediaTypes }: WantedDocument): BillingError {
	const told = sniffMediaType(head);
	const came = head.length === 0 ? 'nothing' : told === null ? 'an unknown kind of file' : IN_WORDS[told];
	return protocolError(`The provider sent ${came}, not ${mediaTypes.join(' or ')}`);
}
