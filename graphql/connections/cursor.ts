/** Cursors: a place in a merged list, sealed with the list it belongs to so that it works nowhere else. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { Place } from '../../providers/connector';
import { compareText } from '../../providers/query/order';
import { badCursor } from '../errors';
import { lazily } from '../lazily';

/** A place in a list merged from several connections. */
export interface MergedPlace extends Place {
	readonly connection: string;
}

/** Inside what the place names: for lists of things that belong to the things in order, such as rates to bills. */
export interface Within {
	/** How many of them came up to here. */
	readonly position: number;
	/** Which was the last. */
	readonly remoteId: string;
}

export interface Cursor {
	readonly place: MergedPlace;
	/** Absent: behind everything that the place names. */
	readonly within?: Within | undefined;
	/** How many there were on all pages when the first was read; null where unknown. */
	readonly total: number | null;
	/** How many of them came with each of the things in order, on average; absent where unknown. */
	readonly each?: number | undefined;
}

/** Sorts after every scope that can travel in a URL: U+FFFF is no character. */
const AFTER_EVERY_SCOPE = '\uffff';

/**
 * Where a source resumes behind a place of the merged list. One place is enough for all sources, because all are in one
 * total order: sort key, connection, scope, remote id. Of the bills with the place's sort key, a connection that sorts
 * before the place's has given all, one that sorts behind it none.
 */
export function resumeAt(place: MergedPlace, connection: string): Place {
	const { sortKey, scope, remoteId } = place;
	const side = compareText(connection, place.connection);
	if (side === 0) return { sortKey, scope, remoteId };
	return { sortKey, scope: side < 0 ? AFTER_EVERY_SCOPE : '', remoteId: '' };
}

/** Names a list: a field with its filter and order. Null and absent are the same. */
export function listFingerprint(field: string, ...conditions: readonly unknown[]): string {
	const text = JSON.stringify([field, ...conditions], (_name, value: unknown) => value ?? undefined);
	return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

type Payload = readonly [
	list: string,
	sortKey: string | null,
	connection: string,
	scope: string,
	remoteId: string,
	total: number | null,
	...within: readonly [position?: number | null, remoteId?: string | null, each?: number],
];

type Key = string | Uint8Array;

/** Signs cursors and checks them: what a client hands in is otherwise untrusted. */
export class CursorSeal {
	private readonly key: () => Key;

	/** @param key shared by the instances that serve one graph; a function is asked once, by the first cursor */
	constructor(key: Key | (() => Key)) {
		this.key = typeof key === 'function' ? lazily(key) : () => key;
	}

	/** A seal of its own for what may be read: a cursor given to one reader opens nothing for another. */
	forScope(scope: () => string): CursorSeal {
		return new CursorSeal(() => this.sign(`scope ${scope()}`));
	}

	seal(list: string, { place, total, within, each }: Cursor): string {
		const { sortKey, connection, scope, remoteId } = place;
		const inside = [within?.position ?? null, within?.remoteId ?? null] as const;
		const more = each !== undefined ? ([...inside, each] as const) : within !== undefined ? inside : ([] as const);
		const payload: Payload = [list, sortKey, connection, scope, remoteId, total, ...more];
		const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
		return `${text}.${this.sign(text).toString('base64url')}`;
	}

	/** @throws GraphQLError BAD_CURSOR */
	open(list: string, cursor: string): Cursor {
		const [text = '', signature = ''] = cursor.split('.');
		const given = Buffer.from(signature, 'base64url');
		const expected = this.sign(text);
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
			throw badCursor('is no cursor of this server');
		}
		// Signed here, so it has the shape that `seal` gave it.
		const payload = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Payload;
		const [sealedList, sortKey, connection, scope, remoteId, total, position = null, lastId = null, each] = payload;
		if (sealedList !== list) throw badCursor('belongs to another list: its filter or order differs');
		const within = position === null || lastId === null ? undefined : { position, remoteId: lastId };
		return { place: { sortKey, connection, scope, remoteId }, total, within, each };
	}

	private sign(text: string): Buffer {
		return createHmac('sha256', this.key()).update(text).digest();
	}
}
