/** The operations of Billing for Business, by what each answers. */
import type { SandboxContext } from '../context';
import type { Ledger, LedgerBill } from '../data/ledger';
import { MAX_PDF_LINES, pdfOfBill } from '../documents/pdf';

import { fileAnswer, jsonAnswer, type Operation } from './answer';
import { BILL_ATTRIBUTES } from './attributes';
import {
	accountCollection,
	billCollections,
	installedOfferCollection,
	itemCollection,
	statusCollection,
} from './collections';
import { GatewayError } from './gatewayError';
import { collectionOf, pageAnswer, PAGING_PARAMETERS, type Collection } from './listing';
import { queryCondition } from './queryFilter';
import { REPORT_ATTRIBUTES, reportFile, reportsOf, wireReport, type Report } from './reports';
import { searchCondition } from './searchLanguage';
import { snapshotAnswer } from './snapshots';
import { wireAccount, wireBill } from './wire';

/** The guide's example asks for this bill and gets another one's id in the answer. */
const ALIAS_OF_OLDEST_BILL = '17006';

export function orangeOperations(context: SandboxContext) {
	const { ledger, options } = context;
	const limits = options.pageLimits.orange;
	const bills = billCollections(context);
	return {
		bills: listOf(context, bills),
		bill: billOperation(context),
		items: listOf(context, (id) => itemCollection(ledger, billOf(ledger, id))),
		search: json(({ body, query }) => {
			const unknown = [...query.keys()].find((name) => !PAGING_PARAMETERS.includes(name));
			if (unknown !== undefined) throw new GatewayError(28, `A search has no parameter ${unknown}.`);
			return pageAnswer(bills(), searchCondition(body, BILL_ATTRIBUTES), query, limits);
		}),
		billingAccounts: listOf(context, () => accountCollection(ledger)),
		billingAccount: json(({ id }) => {
			const account = ledger.accounts('orange').find((candidate) => candidate.id === id);
			return jsonAnswer(wireAccount(found(account, `billing account ${id}`)));
		}),
		snapshots: json(({ query }) => snapshotAnswer(bills(), query, limits, options.today)),
		status: listOf(context, statusCollection),
		installedOfferIds: listOf(context, () => installedOfferCollection(ledger)),
		reports: listOf(context, () => collectionOf(REPORT_ATTRIBUTES, reportsOf(ledger).map(wireReport))),
		report: reportOperation(ledger, ['charges', 'usageDetails']),
		customerSpecificReport: reportOperation(ledger, ['customerSpecific']),
	};
}

/** A page of a collection, which may depend on the id in the path. */
export function listOf({ options }: SandboxContext, collectionFor: (id: string) => Collection): Operation {
	return json(({ id, query }) => {
		const collection = collectionFor(id);
		const condition = queryCondition(query, collection.attributes, PAGING_PARAMETERS, options.today);
		return pageAnswer(collection, condition, query, options.pageLimits.orange);
	});
}

export function json(answer: Operation['answer']): Operation {
	return { offers: ['application/json'], answer };
}

function billOperation({ ledger, options }: SandboxContext): Operation {
	return {
		offers: ['application/json', 'application/pdf'],
		answer: async ({ id, type }) => {
			const bill = billOf(ledger, id);
			if (type !== 'application/pdf') return jsonAnswer(wireBill(bill, options.orangeEmbedsAccountName));
			return fileAnswer(type, await pdfOfBill(bill, ledger.lines(bill, 0, MAX_PDF_LINES)));
		},
	};
}

function billOf(ledger: Ledger, id: string): LedgerBill {
	const bill = id === ALIAS_OF_OLDEST_BILL ? ledger.bills('orange')[0] : ledger.bill('orange', id);
	return found(bill, `bill ${id}`);
}

function reportOperation(ledger: Ledger, types: readonly Report['type'][]): Operation {
	return {
		offers: ['application/json', 'text/csv'],
		answer: ({ id, type }) => {
			const named = reportsOf(ledger).find((candidate) => candidate.id === id && types.includes(candidate.type));
			const report = found(named, `report ${id}`);
			return type === 'text/csv' ? fileAnswer(type, reportFile(ledger, report)) : jsonAnswer(wireReport(report));
		},
	};
}

/** What was looked for, or 404, code 60. */
export function found<T>(value: T | undefined, what: string): T {
	if (value === undefined) throw new GatewayError(60, `There is no ${what}.`);
	return value;
}
