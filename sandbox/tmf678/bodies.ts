/** Bodies of customer bills and applied billing rates, in the dress of the standard or of Oracle's dialect. */
import { addDays, addMonths } from '../data/calendar';
import type { LedgerBill, LedgerLine } from '../data/ledger';
import { TAX_RATES } from '../data/providerDress';
import { xmlOfBill } from '../documents/xml';
import type { ExactJson } from '../json/exactJson';
import { categoryOf, midnight, money } from './wireValues';

/** What sets one TMF678 server's bodies apart from another's. */
export interface TmfDress {
	/** `http://127.0.0.1:PORT/.../v4`, which hrefs begin with. */
	readonly base: string;
	/** What links to bill images begin with, where the server's own access rule holds. */
	readonly documents: string;
	/** What stands for a member without a value: Oracle writes null, others leave it out. */
	readonly absent: null | undefined;
	state(bill: LedgerBill): string;
	rateType(line: LedgerLine): string;
	/** `@type` of a bill. */
	readonly billType: string | null | undefined;
	/** `@type` of a rate. */
	readonly rateTypeName: string | null | undefined;
}

/** A TMF678 resource: its members by name. */
export type TmfBody = Readonly<Record<string, ExactJson>>;

/** Every so many bills one gives only the end of its period, which the document allows. */
const END_ONLY_EVERY = 9;
/** Every so many bills one carries its document in the body, not as a link. */
const INLINE_EVERY = 5;

export function customerBill(bill: LedgerBill, dress: TmfDress): TmfBody {
	const place = placeOf(bill);
	return {
		id: bill.id,
		href: `${dress.base}/customerBill/${bill.id}`,
		...extensible(dress, dress.billType),
		billNo: bill.number === '' ? dress.absent : bill.number,
		billDate: midnight(bill, bill.billDate),
		nextBillDate: midnight(bill, addMonths(bill.billDate, 1)),
		paymentDueDate: midnight(bill, bill.dueDate),
		lastUpdate: bill.updatedAt,
		category: categoryOf(bill),
		runType: bill.runType,
		state: dress.state(bill),
		amountDue: money(bill, bill.total),
		remainingAmount: money(bill, bill.total - bill.paid),
		taxExcludedAmount: money(bill, bill.net),
		taxIncludedAmount: money(bill, bill.total),
		billingPeriod: period(bill, place % END_ONLY_EVERY === 4),
		billingAccount: billingAccount(bill, dress),
		financialAccount: dress.absent,
		paymentMethod: { id: `${bill.account.number}-invoice`, name: 'Invoice', href: dress.absent },
		relatedParty: [{ id: `P-${bill.account.number}`, name: bill.account.name, role: 'customer', href: dress.absent }],
		appliedPayment: appliedPayments(bill, dress),
		billDocument: [billDocument(bill, dress, place % INLINE_EVERY === 3)],
		taxItem: [
			{ taxCategory: 'VAT', taxRate: TAX_RATES[bill.account.currency.code] ?? 0, taxAmount: money(bill, bill.tax) },
		],
	};
}

export function appliedCustomerBillingRate(line: LedgerLine, dress: TmfDress): TmfBody {
	const { bill } = line;
	return {
		id: line.id,
		href: `${dress.base}/appliedCustomerBillingRate/${line.id}`,
		...extensible(dress, dress.rateTypeName),
		name: line.productName,
		description: line.description,
		date: midnight(bill, bill.billDate),
		type: dress.rateType(line),
		isBilled: bill.standing !== 'inProgress',
		bill: { id: bill.id, href: `${dress.base}/customerBill/${bill.id}`, name: dress.absent },
		billingAccount: billingAccount(bill, dress),
		product: { id: line.productId, name: line.productName, href: dress.absent },
		periodCoverage: period(line, false),
		characteristic: [
			{ name: 'serviceId', value: line.serviceId, valueType: 'string' },
			{ name: 'quantity', value: line.quantity, valueType: 'number' },
			{ name: 'site', value: line.site.name, valueType: 'string' },
		],
		appliedTax: [{ taxCategory: 'VAT', taxRate: line.taxRate, taxAmount: money(bill, line.tax) }],
		taxExcludedAmount: money(bill, line.net),
		taxIncludedAmount: money(bill, line.net + line.tax),
	};
}

function extensible(dress: TmfDress, type: string | null | undefined): TmfBody {
	return { '@type': type, '@baseType': dress.absent, '@schemaLocation': dress.absent };
}

/** From midnight to midnight: the end is the first moment after the period, where the next one starts. */
function period(span: LedgerBill | LedgerLine, endOnly: boolean): ExactJson {
	const bill = 'bill' in span ? span.bill : span;
	const endDateTime = midnight(bill, addDays(span.periodEnd, 1));
	return endOnly ? { endDateTime } : { startDateTime: midnight(bill, span.periodStart), endDateTime };
}

/** A bill's place in the books: its ids are eight apart. */
function placeOf(bill: LedgerBill): number {
	return Math.floor(Number(/\d+$/.exec(bill.id)?.[0] ?? 0) / 8);
}

function billingAccount({ account }: LedgerBill, dress: TmfDress): ExactJson {
	return {
		id: account.id,
		href: dress.absent,
		name: account.name,
		...(dress.absent === null && { accountNumber: account.number }),
	};
}

/** A bill paid in part was paid twice, so that its payments must be added up. */
function appliedPayments(bill: LedgerBill, dress: TmfDress): ExactJson {
	if (bill.paid === 0n) return [];
	const first = bill.paid === bill.total ? bill.paid : bill.paid / 3n;
	const parts = first === bill.paid ? [first] : [first, bill.paid - first];
	return parts.map((part, index) => ({
		appliedAmount: money(bill, part),
		payment: { id: `PAY-${bill.number}-${index + 1}`, name: 'Bank transfer', href: dress.absent },
	}));
}

function billDocument(bill: LedgerBill, dress: TmfDress, inline: boolean): ExactJson {
	const name = bill.number === '' ? 'in-progress' : bill.number;
	if (!inline) {
		const url = `${dress.documents}/${encodeURIComponent(bill.id)}.pdf`;
		return { id: `DOC-${name}`, name: `${name}.pdf`, mimeType: 'application/pdf', url, href: dress.absent };
	}
	const content = Buffer.from(xmlOfBill(bill, []));
	return {
		id: `DOC-${name}`,
		name: `${name}.xml`,
		mimeType: 'application/xml',
		content: content.toString('base64'),
		size: { amount: content.length, units: 'bytes' },
		href: dress.absent,
	};
}
