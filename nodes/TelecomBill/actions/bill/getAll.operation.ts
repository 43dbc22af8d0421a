/** Bill: Get Many, merged over the chosen providers, newest first. */
import type { INodeExecutionData } from 'n8n-workflow';

import { billColumns, simpleBillOfAny } from '../../../shared/columns';
import { type Bill, type BillOrder, type BillQuery } from '../../../shared/core';
import {
	acceptIncompleteOption,
	collection,
	limitField,
	optionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { type List, readPages } from '../../../shared/lists';
import { type TelecomBillCall, type TelecomBillOperation, askEach, providerFailsOption, walkOptions } from '../../api';
import { billFiltersField, billQuery, fitted } from '../../billQuery';
import type { Source } from '../../providers';

const NEWEST_FIRST: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };

export const getAll: TelecomBillOperation = {
	description: [
		returnAllField,
		limitField,
		simplifyField,
		billFiltersField,
		optionsField(acceptIncompleteOption, providerFailsOption, {
			displayName: 'Include Raw Record',
			name: 'includeRaw',
			type: 'boolean',
			default: false,
			description: "Whether to add the provider's own record as a column \"raw\". Only when 'Simplify' is off.",
		}),
	],

	async execute(call) {
		const { context, itemIndex, api } = call;
		const limit = wantedRows(context, itemIndex);
		const query = billQuery(context, itemIndex);
		const options = collection(context, itemIndex, 'options');
		const asked = api.sources.map((source) => ({ source }));
		const { answers, reports } = await askEach(options, asked, ({ source }) => billsOf(call, source, query, limit));
		for (const { value } of answers) for (const notice of value.notices) api.notices.add(notice);
		const toItem = itemMaker(call, options.includeRaw === true);
		const newest = answers
			.flatMap(({ asked: { source }, value }) => value.items.map((bill) => ({ bill, source })))
			.sort((left, right) => byDate(left.bill, right.bill))
			.slice(0, limit);
		return [...newest.map(({ bill, source }) => toItem(bill, source)), ...reports];
	},
};

/** All of one provider; or, up to a limit, its newest, since only those can be among the newest of all. */
async function billsOf(
	{ context, itemIndex }: TelecomBillCall,
	source: Source,
	query: BillQuery,
	limit: number | undefined,
): Promise<List<Bill>> {
	const fit = await fitted(query, source);
	if ('nothing' in fit) return { items: [], notices: [fit.nothing] };
	const { acceptIncomplete } = collection(context, itemIndex, 'options');
	const cut = limit === undefined ? {} : { order: NEWEST_FIRST, maxRows: limit };
	return readPages(source.connector.bills({ ...fit.query, ...cut }, walkOptions(context)), {
		acceptIncomplete: acceptIncomplete === true,
	});
}

function itemMaker({ context, itemIndex }: TelecomBillCall, includeRaw: boolean) {
	if (context.getNodeParameter('simplify', itemIndex) === true) {
		return (bill: Bill): INodeExecutionData => ({ json: simpleBillOfAny(bill) });
	}
	return (bill: Bill, { connector }: Source): INodeExecutionData => ({
		json: { ...billColumns(bill, connector.capabilities), ...(includeRaw ? { raw: structuredClone(bill.raw) } : {}) },
	});
}

/** Newest first, bills without a date last; equal days by provider and id, so that the order is the same every time. */
function byDate(left: Bill, right: Bill): number {
	const [a, b] = [left, right].map(({ identity }) => `${identity.provider} ${identity.scope} ${identity.remoteId}`);
	return descending(left.billDate, right.billDate) || ((a ?? '') < (b ?? '') ? -1 : 1);
}

function descending(left: string | null, right: string | null): number {
	if (left === right) return 0;
	if (left === null) return 1;
	if (right === null) return -1;
	return left > right ? -1 : 1;
}
