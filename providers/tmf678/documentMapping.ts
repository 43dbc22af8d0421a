/** TMF678 `billDocument` (attachment, by reference or by value) to the model's documents. */
import type { BillDocument, DocumentSource } from '../model/document';
import type { Identity } from '../model/identity';
import type { RecordReader } from '../model/recordReader';

const BYTES = /^(?:b|bytes?)$/i;

/** TMF678 has no operation for documents: each is a link or the content itself. */
export interface AttachedDocument extends BillDocument {
	readonly source: Exclude<DocumentSource, { readonly kind: 'OPERATION' }>;
}

/** Null where the record has no list. An attachment with neither content nor link cannot be opened, and is noticed. */
export function readDocuments(reader: RecordReader, bill: Identity): readonly AttachedDocument[] | null {
	const attachments = reader.list('billDocument');
	if (attachments === null) return null;
	const taken = new Set<string>();
	return attachments.flatMap((attachment) => {
		const source = readSource(attachment);
		if (source === null) {
			attachment.say('the document has neither content nor a link');
			return [];
		}
		return [
			{
				bill,
				id: freeId(attachment.text('id') ?? 'document', taken),
				name: attachment.text('name'),
				mediaType: attachment.text('mimeType'),
				size: readSize(attachment),
				source,
			},
		];
	});
}

/** What is already here needs no request; `url` is the content, `href` only the attachment's own address. */
function readSource(attachment: RecordReader): AttachedDocument['source'] | null {
	const base64 = attachment.text('content');
	if (base64 !== null) return { kind: 'INLINE', base64 };
	const url = attachment.text('url', 'href');
	return url === null ? null : { kind: 'LINK', url };
}

/** Bytes, where the unit says so: other units are too coarse to check a file by, and an amount alone may be anything. */
function readSize(attachment: RecordReader): number | null {
	const size = attachment.child('size');
	const amount = size.decimal('amount');
	const unit = size.text('units');
	if (amount === null || unit === null || !BYTES.test(unit)) return null;
	const bytes = Number(amount);
	return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

/** Attachments without an id, or with one that another has, are numbered in their order on the bill. */
function freeId(wanted: string, taken: Set<string>): string {
	let id = wanted;
	for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
	taken.add(id);
	return id;
}
