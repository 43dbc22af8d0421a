/** Bill: Reconcile it with its rates, page by page. */
import type { IDataObject } from 'n8n-workflow';

import { amountColumns, billKey } from '../../../shared/columns';
import { type Reconciliation, type WalkEnd, ReconcileRates } from '../../../shared/core';
import { type TelecomBillCall, type TelecomBillOperation, walkOptions } from '../../api';
import { type FoundBill, billField, findBill } from '../../billLocator';

export const reconcile: TelecomBillOperation = {
	description: [billField],

	async execute(call) {
		const found = await findBill(call);
		const { bill } = found;
		const reconciliation = await reconciled(call, found);
		return [
			{
				json: {
					provider: bill.identity.provider,
					number: bill.number,
					billDate: bill.billDate,
					...columnsOf(reconciliation),
					key: billKey(bill),
				},
			},
		];
	},
};

async function reconciled({ context, api }: TelecomBillCall, { bill, source }: FoundBill): Promise<Reconciliation> {
	const reconciling = new ReconcileRates(bill);
	let end: WalkEnd = { complete: true, reasons: [] };
	if (source.connector.capabilities.rateFilters !== null) {
		const { scope, remoteId } = bill.identity;
		for await (const page of source.connector.rates({ bill: { scope, remoteId } }, walkOptions(context))) {
			reconciling.add(page.items);
			for (const notice of page.notices) api.notices.add(notice);
			end = page.end ?? end;
		}
	}
	return reconciling.finish(end);
}

function columnsOf({ difference, tolerance, checks, lines, lineCounts, ...plain }: Reconciliation): IDataObject {
	return {
		...plain,
		...amountColumns('difference', difference),
		...amountColumns('tolerance', tolerance),
		checks: checks.map((check) => ({ ...check })),
		lines: lines.map((line) => ({ ...line })),
		lineCounts: { ...lineCounts },
	};
}
