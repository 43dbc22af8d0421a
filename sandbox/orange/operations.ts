/** The operations of Billing for Business, by what each answers. */
import type { SandboxContext } from '../context';
import type { LedgerBill } from '../data/ledger';
import { MAX_PDF_LINES, pdfOfBill } from '../documents/pdf';

import { fileAnswer, jsonAnswer, type Answer, type Operation } from './answer';
import { ACCOUNT_ATTRIBUTES, BILL_ATTRIBUTES, ITEM_ATTRIBUTES, type Attributes } from './attributes';
import { GatewayError } from './gatewayError';
import { collectionOf, pageAnswer, PAGING_PARAMETERS, type Collection } from './listing';
import { queryCondition } from './queryFilter';
import { REPORT_ATTRIBUTES, reportFile, reportsOf, wireReport, type Report } from './reports';
import { searchCondition } from './searchLanguage';
import { snapshotAnswer } from './snapshots';
import { wireAccount, wireBill, wireItem, type WireRecord } from './wire';

/** The guide's example asks for this bill and gets another one's id in the answer. */
const ALIAS_OF_OLDEST_BILL = '17006';

const STATUS_ATTRIBUTES: Attributes = { id: 'text', status: 'text' };
const INSTALLED_OFFER_ATTRIBUTES: Attributes = { id: 'text', 'billingAccount.id': 'text' };
const COMPONENTS = ['bills', 'billingAccounts', 'reports', 'snapshots', 'asyncJobs'] as const;
/** Lines of an account's newest bill in which its installed offers are looked for. */
const OFFER_LINES = 200;

export type OrangeOperations = ReturnType<typeof orangeOperations>;

export function orangeOperations({ ledger, options }: SandboxContext) {
	const limits = options.pageLimits.orange;
	const wired = (bill: LedgerBill): WireRecord => wireBill(bill, options.orangeEmbedsAccountName);

	const page = (collection: Collection, query: URLSearchParams): Answer =>
		pageAnswer(
			collection,
			queryCondition(query, collection.attributes, PAGING_PARAMETERS, options.today),
			query,
			limits,
		);
	const list = (collection: () => Collection): Operation => json(({ query }) => page(collection(), query));

	const billCollection = (): Collection => {
		const bills = ledger.bills('orange');
		return {
			attributes: BILL_ATTRIBUTES,
			size: bills.length,
			rows: (from, to) => bills.slice(from, to).map(wired),
		};
	};
	const billOf = (id: string): LedgerBill => {
		const bill = id === ALIAS_OF_OLDEST_BILL ? ledger.bills('orange')[0] : ledger.bill('orange', id);
		return found(bill, `bill ${id}`);
	};
	const itemCollection = (bill: LedgerBill): Collection => ({
		attributes: ITEM_ATTRIBUTES,
		size: bill.lineCount,
		rows: (from, to) => ledger.lines(bill, from, to).map(wireItem),
	});
	const installedOffers = (): readonly WireRecord[] =>
		ledger.accounts('orange').flatMap((account) => {
			const newest = ledger.bills('orange', account.id).at(-1);
			const lines = newest === undefined ? [] : ledger.lines(newest, 0, OFFER_LINES);
			const ids = new Set(lines.map(({ serviceId }) => serviceId));
			return [...ids].map((id) => ({ id, billingAccount: { id: account.id } }));
		});
	const report = (ofType: (type: Report['type']) => boolean): Operation => ({
		offers: ['application/json', 'text/csv'],
		answer: ({ id, type }) => {
			const named = found(
				reportsOf(ledger).find((candidate) => candidate.id === id && ofType(candidate.type)),
				`report ${id}`,
			);
			return type === 'text/csv' ? fileAnswer(type, reportFile(ledger, named)) : jsonAnswer(wireReport(named));
		},
	});

	return {
		bills: list(billCollection),
		bill: {
			offers: ['application/json', 'application/pdf'],
			answer: async ({ id, type }) => {
				const bill = billOf(id);
				if (type !== 'application/pdf') return jsonAnswer(wired(bill));
				return fileAnswer(type, await pdfOfBill(bill, ledger.lines(bill, 0, MAX_PDF_LINES)));
			},
		} satisfies Operation,
		items: json(({ id, query }) => page(itemCollection(billOf(id)), query)),
		search: json(({ body, query }) => {
			const unknown = [...query.keys()].find((name) => !PAGING_PARAMETERS.includes(name));
			if (unknown !== undefined) throw new GatewayError(28, `A search has no parameter ${unknown}.`);
			return pageAnswer(billCollection(), searchCondition(body, BILL_ATTRIBUTES), query, limits);
		}),
		billingAccounts: list(() => collectionOf(ACCOUNT_ATTRIBUTES, ledger.accounts('orange').map(wireAccount))),
		billingAccount: json(({ id }) => {
			const account = ledger.accounts('orange').find((candidate) => candidate.id === id);
			return jsonAnswer(wireAccount(found(account, `billing account ${id}`)));
		}),
		snapshots: json(({ query }) => snapshotAnswer(billCollection(), query, limits, options.today)),
		status: list(() =>
			collectionOf(
				STATUS_ATTRIBUTES,
				COMPONENTS.map((id) => ({ id, status: 'up' })),
			),
		),
		installedOfferIds: list(() => collectionOf(INSTALLED_OFFER_ATTRIBUTES, installedOffers())),
		reports: list(() => collectionOf(REPORT_ATTRIBUTES, reportsOf(ledger).map(wireReport))),
		report: report((type) => type !== 'customerSpecific'),
		customerSpecificReport: report((type) => type === 'customerSpecific'),
		page,
	};
}

function json(answer: Operation['answer']): Operation {
	return { offers: ['application/json'], answer };
}

/** What was looked for, or 404, code 60. */
export function found<T>(value: T | undefined, what: string): T {
	if (value === undefined) throw new GatewayError(60, `There is no ${what}.`);
	return value;
}
