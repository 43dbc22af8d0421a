/** An on-demand bill as a flat item: what was asked for, and the bill that came of it. */
import type { IDataObject } from 'n8n-workflow';

import { type WireBillOnDemand, jsonText, objectOf } from '../shared/core';

/** `billId` is null until the bill exists. `lastUpdate` is text, not always a date-time. */
export function onDemandColumns(record: WireBillOnDemand): IDataObject {
	const account = objectOf(record.billingAccount);
	return {
		id: String(record.id),
		state: jsonText(record.state),
		billId: jsonText(objectOf(record.customerBill)['id']),
		accountId: jsonText(account['id']),
		accountName: jsonText(account['name']),
		name: jsonText(record.name),
		description: jsonText(record.description),
		lastUpdate: jsonText(record.lastUpdate),
	};
}
