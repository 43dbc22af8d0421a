/** The sample records, read by the connectors' own mapping. */
import {
	type Bill,
	type Capabilities,
	type JsonObject,
	type Rate,
	FLOLIVE_CAPABILITIES,
	ORANGE_CAPABILITIES,
	lumenCapabilities,
	oracleBrmDialect,
	orangeFieldNames,
	toFloLiveBill,
	toLumenBill,
	toLumenRate,
	toOrangeBill,
	toOrangeRate,
	toTmfBill,
	toTmfRate,
} from '../../shared/core';
import {
	FLOLIVE_CUSTOMER,
	FLOLIVE_INVOICES,
	LUMEN_ACCOUNT,
	LUMEN_BILLS,
	LUMEN_RATES,
	ORACLE_BILLS,
	ORACLE_RATES,
	ORANGE_BILLS,
	ORANGE_ITEMS,
} from './records';

export const SAMPLE_CONNECTION = 'sample';

export interface SampleBook {
	readonly capabilities: Capabilities;
	readonly bills: readonly Bill[];
	readonly rates: readonly Rate[];
}

export function sampleBooks(): readonly SampleBook[] {
	return [lumenBook(), oracleBook(), floLiveBook(), orangeBook()].map((book) => ({
		...book,
		bills: book.bills.map((bill) => ({ ...bill, notices: ['This bill is a sample; no carrier has issued it.'] })),
	}));
}

function lumenBook(): SampleBook {
	const owner = { connection: SAMPLE_CONNECTION, account: LUMEN_ACCOUNT };
	return {
		capabilities: lumenCapabilities('v1'),
		bills: LUMEN_BILLS.map((record) => {
			const remoteId = idOf(record);
			const row = { kind: 'CUSTOMER_BILL', record, remoteId, number: remoteId, documents: 1 } as const;
			return toLumenBill(row, owner.connection, owner.account);
		}),
		rates: LUMEN_RATES.map((record) => toLumenRate({ id: idOf(record), record }, { ...owner, bill: null })),
	};
}

function oracleBook(): SampleBook {
	const { capabilities } = oracleBrmDialect({ connection: SAMPLE_CONNECTION, baseUrl: '' });
	const context = {
		owner: { provider: 'ORACLE_BRM', connection: SAMPLE_CONNECTION, scope: '' },
		periodEndCounts: false,
	} as const;
	return {
		capabilities,
		bills: ORACLE_BILLS.map((record) => toTmfBill({ ...record, id: idOf(record) }, context)),
		rates: ORACLE_RATES.map((record) => toTmfRate({ ...record, id: idOf(record) }, context, 'AS_REPORTED')),
	};
}

function floLiveBook(): SampleBook {
	const owner = { provider: 'FLOLIVE', connection: SAMPLE_CONNECTION, scope: FLOLIVE_CUSTOMER } as const;
	return {
		capabilities: FLOLIVE_CAPABILITIES,
		bills: FLOLIVE_INVOICES.map((record) => toFloLiveBill({ ...record, id: idOf(record) }, owner)),
		rates: [],
	};
}

function orangeBook(): SampleBook {
	const owner = { provider: 'ORANGE_BUSINESS', connection: SAMPLE_CONNECTION } as const;
	const names = orangeFieldNames();
	const bills = ORANGE_BILLS.map((record) => toOrangeBill(record, owner, names));
	const [itemised] = bills;
	return {
		capabilities: ORANGE_CAPABILITIES,
		bills,
		rates:
			itemised === undefined
				? []
				: ORANGE_ITEMS.map((record) =>
						toOrangeRate(record, {
							owner,
							names,
							bill: itemised.identity,
							signPolicy: itemised.signPolicy,
							accountId: itemised.billingAccount?.id ?? null,
						}),
					),
	};
}

function idOf(record: JsonObject): string {
	return record.id as string;
}
