/** Ids of the graph: opaque text that names a type, a connection and the provider's own ids. */
import type { DocumentRef } from '../providers/model/document';
import type { LocalId } from '../providers/model/identity';
import { badUserInput } from './errors';

export type GlobalId =
	| { readonly type: 'Bill'; readonly connection: string; readonly id: LocalId }
	/** An account's remote id is unique within its connection: it needs no scope. */
	| { readonly type: 'BillingAccount'; readonly connection: string; readonly remoteId: string }
	/** With its bill, since most providers list rates only by bill. */
	| { readonly type: 'Rate'; readonly connection: string; readonly id: LocalId; readonly bill: LocalId | null }
	| { readonly type: 'Document'; readonly connection: string; readonly document: DocumentRef };

export function encodeGlobalId(id: GlobalId): string {
	return Buffer.from(JSON.stringify([id.type, id.connection, ...partsOf(id)])).toString('base64url');
}

function partsOf(id: GlobalId): readonly string[] {
	switch (id.type) {
		case 'Bill':
			return [id.id.scope, id.id.remoteId];
		case 'BillingAccount':
			return [id.remoteId];
		case 'Rate':
			return [id.id.scope, id.id.remoteId, ...(id.bill === null ? [] : [id.bill.scope, id.bill.remoteId])];
		case 'Document':
			return [id.document.scope, id.document.billId, id.document.documentId];
	}
}

/**
 * An id is read when a query's cost is predicted, and again when the query is answered. By texts that were written here:
 * one that was cut out of a query would keep all of it.
 */
const lately = new Map<string, GlobalId>();
const MOST_KEPT = 1_000;
const LONGEST_KEPT = 500;

/** Null for text that this graph never gave as an id. */
export function decodeGlobalId(text: string): GlobalId | null {
	const known = lately.get(text);
	if (known !== undefined) return known;
	const clean = text.replace(/\s/g, '');
	const parts = textsOf(Buffer.from(clean, 'base64url').toString('utf8'));
	if (parts === null) return null;
	const id = fromParts(parts);
	if (id === null) return null;
	const written = encodeGlobalId(id);
	// One thing has one id: what decodes but would be written otherwise is refused.
	if (written !== clean) return null;
	if (lately.size >= MOST_KEPT) lately.clear();
	if (written.length <= LONGEST_KEPT) lately.set(written, Object.freeze(id));
	return id;
}

/** @throws GraphQLError BAD_USER_INPUT when the text is no id of this type. */
export function decodeIdOf<Type extends GlobalId['type']>(
	type: Type,
	text: string,
	parameter: string,
): Extract<GlobalId, { type: Type }> {
	const id = decodeGlobalId(text);
	if (id?.type === type) return id as Extract<GlobalId, { type: Type }>;
	throw badUserInput(parameter, `is no id of a ${type} in this graph`, `Use the \`id\` that a ${type} was given with.`);
}

function textsOf(json: string): readonly string[] | null {
	try {
		const value: unknown = JSON.parse(json);
		return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : null;
	} catch {
		return null;
	}
}

function fromParts([type, connection, ...rest]: readonly string[]): GlobalId | null {
	if (connection === undefined) return null;
	const [first, second, third, fourth] = rest;
	switch (`${type}:${rest.length}`) {
		case 'Bill:2':
			return { type: 'Bill', connection, id: localId(first, second) };
		case 'BillingAccount:1':
			return { type: 'BillingAccount', connection, remoteId: first ?? '' };
		case 'Rate:2':
			return { type: 'Rate', connection, id: localId(first, second), bill: null };
		case 'Rate:4':
			return { type: 'Rate', connection, id: localId(first, second), bill: localId(third, fourth) };
		case 'Document:3':
			return {
				type: 'Document',
				connection,
				document: { scope: first ?? '', billId: second ?? '', documentId: third ?? '' },
			};
		default:
			return null;
	}
}

function localId(scope = '', remoteId = ''): LocalId {
	return { scope, remoteId };
}
