/** The lists behind Lumen's resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connectLumen } from '../../shared/connections';
import { LumenConnector, invalidParameter } from '../../shared/core';
import { listed } from '../../shared/fields';
import { readPages } from '../../shared/lists';
import { billEntry, searchList } from '../../shared/locators';

/** The accounts of the credential: Lumen has no list of them. */
export async function searchAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return searchList(this, filter, async () => {
		const { settings } = await connectLumen(this);
		return settings.accounts.map((account) => ({ name: account, value: account }));
	});
}

/** The bills of the chosen account, newest first. */
export async function searchBills(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return searchList(this, filter, async () => {
		const accounts = listed(this.getCurrentNodeParameter('account', { extractValue: true }));
		if (accounts === undefined)
			throw invalidParameter('Billing Account', 'is empty', 'Choose it first: Lumen lists bills by account only.');
		const { settings, deps } = await connectLumen(this);
		const connector = new LumenConnector({ ...settings, accounts }, deps);
		const newestFirst = { field: 'BILL_DATE', direction: 'DESC' } as const;
		const { items } = await readPages(connector.bills({ order: newestFirst }), { acceptIncomplete: true });
		return items.map(billEntry);
	});
}
