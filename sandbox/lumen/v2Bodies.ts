/**
 * Bodies of Lumen's API v2, as a public client of it reads them: wrappers whose root is now an object, now a list, whose
 * members begin now with a capital, now not; amounts that are numbers, numeric text or null; dates with or without a time.
 */
import { type LedgerBill, type LedgerLine, majorUnits } from '../data/ledger';
import { type ExactJson, ExactNumber } from '../json/exactJson';

/** The first account's bills come in one object, the others' in a list of objects with a lower-case member. */
export function billDetails(bills: readonly LedgerBill[], isFirstAccount: boolean): ExactJson {
	const details = bills.map(invoice);
	return isFirstAccount ? { CustomerBillDetails: details } : [{ customerBillDetails: details }];
}

function invoice(bill: LedgerBill): ExactJson {
	const odd = Number(bill.id) % 2 === 1;
	const day = (date: string): string => (odd ? date : `${date}T00:00:00${Number(bill.id) % 4 === 0 ? 'Z' : ''}`);
	return {
		invoiceNumber: bill.number,
		documentSummaryDetails: [
			{
				statementDate: day(bill.billDate),
				fromDate: day(bill.periodStart),
				toDate: day(bill.periodEnd),
				currencyCode: bill.account.currency.code,
				billCharges: {
					currentCharges: amountOf(bill, bill.total, odd),
					totalAmountDue: Number(bill.id) % 5 === 0 ? null : amountOf(bill, bill.total, odd),
				},
			},
		],
	};
}

/** One object of details a bill: every service with its charges. */
export function serviceLevelCharges(
	bill: LedgerBill,
	lines: readonly LedgerLine[],
	isFirstAccount: boolean,
): ExactJson {
	const services = new Map<string, LedgerLine[]>();
	for (const line of lines) services.set(line.serviceId, [...(services.get(line.serviceId) ?? []), line]);
	const detail = {
		serviceLevelChargeDetail: [...services.values()].map((charges) => ({
			serviceLevelCharge: charges.map((line) => serviceLevelCharge(bill, line)),
		})),
	};
	return isFirstAccount ? detail : [detail];
}

function serviceLevelCharge(bill: LedgerBill, line: LedgerLine): ExactJson {
	const odd = line.index % 2 === 1;
	return {
		billingServiceId: line.serviceId,
		chargeDescription1: line.productName,
		chargeDescription2: line.description,
		chargeFromDate: line.periodStart,
		chargeToDate: odd ? line.periodEnd : `${line.periodEnd}T00:00:00Z`,
		charge: {
			netAmount: amountOf(bill, line.net, odd),
			chargeAmount: amountOf(bill, line.net, odd),
		},
	};
}

function amountOf({ account }: LedgerBill, amount: bigint, asText: boolean): ExactJson {
	const text = majorUnits(amount, account.currency);
	return asText ? text : new ExactNumber(text);
}
