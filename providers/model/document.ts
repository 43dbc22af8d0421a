/** A file that belongs to a bill (PDF, XML, CSV), and the stream it is read through. */
import type { Identity } from './identity';

/** Where the bytes come from. A link that the provider put into a record is not trusted: see `transport/links.ts`. */
export type DocumentSource =
	/** An operation of the provider's own API, addressed by the document's ids. */
	| { readonly kind: 'OPERATION' }
	/** A link found in the record. */
	| { readonly kind: 'LINK'; readonly url: string }
	/** Base64 content inside the record itself. */
	| { readonly kind: 'INLINE'; readonly base64: string };

export interface BillDocument {
	/** The bill it belongs to. */
	readonly bill: Identity;
	/** Unique on that bill. */
	readonly id: string;
	readonly name: string | null;
	readonly mediaType: string | null;
	/** Bytes, where the provider says. */
	readonly size: number | null;
	readonly source: DocumentSource;
}

/** Names a document to `BillConnector.document`; a report of Orange is named by its id with no bill. */
export interface DocumentRef {
	readonly scope: string;
	readonly billId: string;
	readonly documentId: string;
}

export interface DocumentStream {
	/** From the first bytes where they tell, else from the provider's header. */
	readonly mediaType: string;
	/** A safe file name without folders. */
	readonly fileName: string;
	/** Bytes, where known before the last one arrives. */
	readonly size: number | null;
	readonly body: AsyncIterable<Uint8Array>;
}
