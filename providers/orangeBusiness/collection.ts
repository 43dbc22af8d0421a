/** The query parameters that all collections of Orange share: attribute filters, offset, limit, sort, overrideAccept. */
import { toCalendarDate } from '../model/dates';
import { invalidParameter } from '../transport/errors';
import { type QueryPair, refuseControlCharacters } from '../transport/url';
import { checkLimit } from '../query/check';
import { checkedDateFilter } from './dateFilter';

export interface CollectionParameters {
	/**
	 * Attribute, nested ones with dots (`customer.name`), to the value it must have; `issuedAt` and `period` take the words
	 * of `dateFilter.ts`, or one date.
	 */
	readonly filters?: Readonly<Record<string, string>> | undefined;
	/** Index of the first item, from 0. */
	readonly offset?: number | undefined;
	readonly limit?: number | undefined;
	/** Fields with commas between, `-` before those in descending order. */
	readonly sort?: string | undefined;
	/** Media type that supersedes the Accept header, for networks whose proxy rewrites it. */
	readonly overrideAccept?: string | undefined;
}

const RESERVED: ReadonlySet<string> = new Set(['offset', 'limit', 'sort', 'overrideAccept', 'groupBy']);
const DATE_FILTERED: ReadonlySet<string> = new Set(['issuedAt', 'period']);
const ATTRIBUTE = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

/** In the order that the document writes them. @throws BillingError INVALID_REQUEST */
export function collectionPairs({ filters, ...rest }: CollectionParameters): readonly QueryPair[] {
	return [...Object.entries(filters ?? {}).map(checkedFilter), ...pagingPairs(rest)];
}

/** All but the filters: what a search takes in its URL. @throws BillingError INVALID_REQUEST */
export function pagingPairs(given: Omit<CollectionParameters, 'filters'>): readonly QueryPair[] {
	refuseUnknown(given);
	const { offset, limit, sort, overrideAccept }: CollectionParameters = given;
	if (offset !== undefined && !(Number.isSafeInteger(offset) && offset >= 0)) {
		throw invalidParameter('offset', `is ${offset}`, 'It must be a whole number, 0 or more.');
	}
	checkLimit('limit', limit, null);
	const pairs = {
		offset: offset === undefined ? undefined : String(offset),
		limit: limit === undefined ? undefined : String(limit),
		sort: sort === undefined ? undefined : checkedSort(sort),
		overrideAccept: overrideAccept === undefined ? undefined : checkedMediaType(overrideAccept, 'overrideAccept'),
	};
	return Object.entries(pairs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

const PAGING = ['offset', 'limit', 'sort', 'overrideAccept'];

/** An attribute that a caller put beside `filters` must not be left out in silence: every bill would be found. */
function refuseUnknown(given: object): void {
	const unknown = Object.entries(given).find(([name, value]) => value !== undefined && !PAGING.includes(name));
	if (unknown === undefined) return;
	const hint = `Parameters are: ${PAGING.join(', ')}; attributes of a list go into filters, those of a search into its query.`;
	throw invalidParameter(unknown[0], 'is not a parameter of this operation', hint);
}

/** An attribute's name. @throws BillingError INVALID_REQUEST */
export function checkedAttribute(name: string, parameter: string): string {
	if (ATTRIBUTE.test(name)) return name;
	throw invalidParameter(parameter, `names "${name}"`, 'Attributes are words, nested ones with dots: customer.name.');
}

/** @throws BillingError INVALID_REQUEST */
export function checkedMediaType(value: string, parameter: string): string {
	if (/^[\w.+*-]+\/[\w.+*-]+(?:\s*;[\w\s.+=*"-]*)?$/.test(value)) return value;
	throw invalidParameter(
		parameter,
		`is "${value}"`,
		'It must be a media type, for instance text/csv or application/pdf.',
	);
}

function checkedFilter([name, value]: readonly [string, string]): QueryPair {
	const parameter = `filters.${name}`;
	if (RESERVED.has(name)) {
		throw invalidParameter(parameter, 'is no attribute', `Give ${name} as a parameter of its own.`);
	}
	checkedAttribute(name, 'filters');
	if (value === '') throw invalidParameter(parameter, 'is empty', 'Give a value, or leave the filter out.');
	refuseControlCharacters(value, parameter);
	const isDateWord = DATE_FILTERED.has(name) && toCalendarDate(value) === null;
	return [name, isDateWord ? checkedDateFilter(value, parameter) : value];
}

function checkedSort(sort: string): string {
	for (const field of sort.split(',')) checkedAttribute(field.trim().replace(/^-/, ''), 'sort');
	return sort;
}
