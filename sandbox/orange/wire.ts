/** Bills, bill items and billing accounts as Billing for Business writes them; where the guide names no field, the names are ours. */
import type { LedgerAccount, LedgerBill, LedgerLine } from '../data/ledger';
import { monthNumber } from '../data/monthNumber';
import { writtenAmount, writtenUnitPrice } from '../documents/amounts';
import { FREQUENCIES, serialNumber } from '../documents/reportCsv';
import { ExactNumber, type ExactJson } from '../json/exactJson';

export type WireRecord = Readonly<Record<string, ExactJson>>;

/** The second is there to be spoilt by careless encoding. */
const CUSTOMERS = [
	{ id: '9999', name: 'ACME Corp', segment: 'int' },
	{ id: '17896', name: 'Dupont & Fils + Söhne', segment: 'int' },
] as const;

/** Bills are issued in the morning, not at midnight: a search up to a day's first instant misses that day's bills. */
const ISSUE_TIME = 'T06:30:00.000Z';
const ACCOUNT_RECORDED_AT = '2018-06-20T06:43:32.092Z';

/** The customer of an account; the accounts take turns. */
export function customerOf(account: LedgerAccount): (typeof CUSTOMERS)[number] {
	return Number(account.number) % 2 === 0 ? CUSTOMERS[0] : CUSTOMERS[1];
}

export function wireBill(bill: LedgerBill, embedsAccountName: boolean): WireRecord {
	const { account } = bill;
	return {
		id: bill.id,
		number: bill.number,
		type: bill.type,
		customer: customerOf(account),
		billingAccount: { id: account.id, name: embedsAccountName ? account.name : undefined },
		sendingFormat: monthNumber(bill.billDate) % 4 === 0 ? 'eInvoicing' : 'paper',
		currency: { id: account.currency.code },
		issuedAt: `${bill.billDate}${ISSUE_TIME}`,
		period: { startDate: bill.periodStart, endDate: bill.periodEnd },
		dueDate: bill.dueDate,
		taxExcludedAmount: new ExactNumber(writtenAmount(bill, bill.net)),
		taxAmount: new ExactNumber(writtenAmount(bill, bill.tax)),
		taxIncludedAmount: new ExactNumber(writtenAmount(bill, bill.total)),
		createdAt: new Date(bill.createdAt).toISOString(),
		updatedAt: new Date(bill.updatedAt).toISOString(),
	};
}

export function wireItem(line: LedgerLine): WireRecord {
	const { bill } = line;
	return {
		id: line.id,
		bill: { id: bill.id },
		description: line.description,
		product: { id: line.productId, name: line.productName },
		frequency: FREQUENCIES[line.kind],
		periodFrom: line.periodStart,
		periodTo: line.periodEnd,
		quantity: line.quantity,
		unitPrice: new ExactNumber(writtenUnitPrice(line)),
		taxExcludedAmount: new ExactNumber(writtenAmount(bill, line.net)),
		taxRate: line.taxRate,
		taxAmount: new ExactNumber(writtenAmount(bill, line.tax)),
		taxIncludedAmount: new ExactNumber(writtenAmount(bill, line.net + line.tax)),
		currency: { id: bill.account.currency.code },
		site: line.site,
		installedOfferId: line.serviceId,
		serialNumber: serialNumber(line),
	};
}

export function wireAccount(account: LedgerAccount): WireRecord {
	return {
		id: account.id,
		number: account.number,
		name: account.name,
		currency: { id: account.currency.code },
		customer: customerOf(account),
		createdAt: ACCOUNT_RECORDED_AT,
		updatedAt: ACCOUNT_RECORDED_AT,
	};
}
