/** The lists behind Orange's resource locators, page by page. */
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { type JsonObject, type OrangeBusinessApi, toOrangeAccount, toOrangeBill } from '../../shared/core';
import { toNodeError } from '../../shared/errors';
import { billEntry } from '../../shared/locators';
import { type ListedOrange, listedOrange } from '../access';

const PAGE_SIZE = 100;
/** Pages read for one screen of matches: Orange cannot search by part of a text. */
const PAGES_A_SEARCH = 10;

type PageParameters = NonNullable<Parameters<OrangeBusinessApi['bills']>[0]>;

interface ListedPage {
	readonly rows: readonly JsonObject[];
	readonly total: number | null;
}

/** Newest first. */
export async function searchBills(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return search(this, { filter, paginationToken }, (orange) => ({
		read: (page) => orange.api.bills({ ...page, sort: '-issuedAt' }),
		entry: (row) => billEntry(toOrangeBill(row, orange.owner, orange.names)),
	}));
}

export async function searchBillingAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return search(this, { filter, paginationToken }, (orange) => ({
		read: (page) => orange.api.billingAccounts(page),
		entry: (row) => {
			const { identity, number, name } = toOrangeAccount(row, orange.owner, orange.names);
			const facts = [number ?? identity.remoteId, name].filter((fact) => fact !== null);
			return { name: facts.join(' | '), value: identity.remoteId };
		},
	}));
}

/** Of the kind that is chosen in the node. */
export async function searchReports(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const isSpecific = this.getCurrentNodeParameter('reportKind') === 'customerSpecific';
	return search(this, { filter, paginationToken }, ({ api }) => ({
		read: (page) => (isSpecific ? api.customerSpecificReports(page) : api.reports(page)),
		entry: entryById,
	}));
}

export async function searchJobs(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return search(this, { filter, paginationToken }, ({ api }) => ({
		read: (page) => api.asyncJobs(page),
		entry: entryById,
	}));
}

function entryById({ id }: JsonObject): INodeListSearchItems {
	const value = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
	return { name: value, value };
}

interface Asked {
	readonly filter: string | undefined;
	/** Offset of the next page. */
	readonly paginationToken: string | undefined;
}

interface Listing {
	readonly read: (page: PageParameters) => Promise<ListedPage>;
	readonly entry: (row: JsonObject) => INodeListSearchItems;
}

/** Reads on until a page has matches. @throws NodeApiError, NodeOperationError */
async function search(
	context: ILoadOptionsFunctions,
	{ filter = '', paginationToken = '0' }: Asked,
	listingOf: (orange: ListedOrange) => Listing,
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	try {
		const { read, entry } = listingOf(await listedOrange(context));
		let offset = Number(paginationToken);
		for (let pages = 1; ; pages += 1) {
			const { rows, total } = await read({ offset, limit: PAGE_SIZE });
			const results = rows.map(entry).filter(({ name }) => name.toLowerCase().includes(wanted));
			offset += rows.length;
			const isLast = rows.length === 0 || (total !== null && offset >= total);
			if (isLast) return { results };
			if (results.length > 0 || pages === PAGES_A_SEARCH) return { results, paginationToken: String(offset) };
		}
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
