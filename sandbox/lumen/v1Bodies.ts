/** Bodies of Lumen's API v1. They are not documented; these are shaped like TMF678, whose resource names v1 has. */
import { addDays } from '../data/calendar';
import { type LedgerBill, type LedgerLine, majorUnits } from '../data/ledger';
import { type ExactJson, ExactNumber } from '../json/exactJson';

/** "When available, a URL to the bill image is provided": every sixth bill has none. */
const WITHOUT_IMAGE_EVERY = 6;

export function customerBill(bill: LedgerBill, origin: string): ExactJson {
	return {
		id: bill.id,
		href: `${origin}/lumen/Billing/v1/CustomerBillManagement/customerBill/${bill.id}`,
		billNo: bill.number,
		billDate: `${bill.billDate}T00:00:00Z`,
		lastUpdate: bill.updatedAt,
		billingPeriod: period(bill),
		paymentDueDate: `${bill.dueDate}T00:00:00Z`,
		billingAccount: { id: bill.account.id, name: bill.account.name },
		amountDue: money(bill, bill.total),
		taxExcludedAmount: money(bill, bill.net),
		taxIncludedAmount: money(bill, bill.total),
		taxItem: [{ taxCategory: 'Federal, state and local taxes', taxAmount: money(bill, bill.tax) }],
		CurrencyCode: bill.account.currency.code,
		invoiceCurrencyCode: bill.account.currency.code,
		...(hasImage(bill) && { billDocument: [billImage(bill, origin)] }),
	};
}

export function appliedCustomerBillingRate(line: LedgerLine, origin: string): ExactJson {
	const { bill } = line;
	const billPath = `${origin}/lumen/Billing/v1/CustomerBillManagement/customerBill/${bill.id}`;
	return {
		id: line.id,
		name: line.productName,
		description: line.description,
		date: `${bill.billDate}T00:00:00Z`,
		type: line.kind,
		bill: { id: bill.id, href: billPath },
		billingAccount: { id: bill.account.id, name: bill.account.name },
		product: { id: line.productId, name: line.productName },
		periodCoverage: period(line),
		appliedTax: [
			{
				taxCategory: 'Federal, state and local taxes',
				taxRate: line.taxRate,
				taxAmount: money(bill, line.tax),
			},
		],
		taxExcludedAmount: money(bill, line.net),
		taxIncludedAmount: money(bill, line.net + line.tax),
	};
}

export function hasImage(bill: LedgerBill): boolean {
	return Number(bill.id) % WITHOUT_IMAGE_EVERY !== 0;
}

function billImage(bill: LedgerBill, origin: string): ExactJson {
	return {
		name: `Invoice ${bill.number}`,
		mimeType: 'application/pdf',
		url: `${origin}/lumen/documents/${bill.id}.pdf`,
	};
}

/** From midnight to midnight: the end is the first moment after the period. */
function period({ periodStart, periodEnd }: LedgerBill | LedgerLine): ExactJson {
	return { startDateTime: `${periodStart}T00:00:00Z`, endDateTime: `${addDays(periodEnd, 1)}T00:00:00Z` };
}

function money({ account }: LedgerBill, amount: bigint): ExactJson {
	return { unit: account.currency.code, value: new ExactNumber(majorUnits(amount, account.currency)) };
}
