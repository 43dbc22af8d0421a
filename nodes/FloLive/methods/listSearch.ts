/** The lists behind floLIVE's resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connectFloLive } from '../../shared/connections';
import { FloLiveConnector, invalidParameter } from '../../shared/core';
import { listed } from '../../shared/fields';
import { readPages } from '../../shared/lists';
import { billEntry, searchList } from '../../shared/locators';

/** The customers of the credential: floLIVE has no list of them. */
export async function searchCustomers(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return searchList(this, filter, async () => {
		const { settings } = await connectFloLive(this);
		return (settings.accounts ?? []).map((customer) => ({ name: customer, value: customer }));
	});
}

/** The invoices of the chosen customer, newest first. */
export async function searchInvoices(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return searchList(this, filter, async () => {
		const accounts = listed(this.getCurrentNodeParameter('customer', { extractValue: true }));
		if (accounts === undefined) {
			throw invalidParameter('Customer', 'is empty', 'Choose it first: floLIVE lists invoices by customer only.');
		}
		const { settings, deps } = await connectFloLive(this);
		const connector = new FloLiveConnector({ ...settings, accounts }, deps);
		const newestFirst = { field: 'BILL_DATE', direction: 'DESC' } as const;
		const { items } = await readPages(connector.bills({ order: newestFirst }), { acceptIncomplete: true });
		return items.map(billEntry);
	});
}
