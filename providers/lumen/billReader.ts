/** Reads the bills of billing accounts: whole accounts by date, or one bill by its id. */
import type { WalkOptions } from '../connector';
import type { Bill } from '../model/bill';
import type { LocalId } from '../model/identity';
import { inTurn } from '../query/inTurn';
import { ownedOnce } from '../query/ownedOnce';
import { BillingError, protocolError } from '../transport/errors';
import { type WalkedPage, endWith } from '../transport/pageWalk';
import type { LumenApi } from './api';
import { toLumenBill } from './billMapping';
import { BILLS_FROM, type DateSpan, spanOf } from './history';
import { billRecordsOf, invoiceOf } from './statements';
import { asOneWalk, readWhole } from '../query/walks';
import type { BillRow } from './wire';

export interface AccountBills {
	readonly bills: readonly Bill[];
	/** Why the bills may not be all; empty where they are. */
	readonly reasons: readonly string[];
	readonly requests: number;
}

export class BillReader {
	constructor(
		private readonly api: LumenApi,
		private readonly connection: string,
	) {}

	/** One request for API v1, one a page for v2. */
	async readAccount(account: string, span: DateSpan, options?: WalkOptions): Promise<AccountBills> {
		const { rows, reasons, requests } = await readWhole(
			this.api.walkCustomerBills(
				{ billingAccountNumber: account, startBillDate: span.start, endBillDate: span.end },
				options,
			),
		);
		const found = this.billsOf(
			rows.map(({ row }) => row),
			account,
		);
		return {
			bills: found.bills,
			reasons: [...reasons, ...found.reasons].map((reason) => `account ${account}: ${reason}`),
			requests,
		};
	}

	/** Everything that Lumen keeps of the account. */
	async readHistory(account: string, options?: WalkOptions): Promise<AccountBills> {
		return this.readAccount(account, spanOf(undefined, BILLS_FROM, this.api.client.clock.now()), options);
	}

	/** A page an account; `emptyAccount` is told of each that has no bills, `sharedBill` of each bill that two accounts have. */
	walkAccounts(
		accounts: readonly string[],
		span: DateSpan,
		{
			atOnce,
			emptyAccount,
			sharedBill,
			options,
		}: {
			atOnce: number;
			emptyAccount: (account: string) => void;
			sharedBill: (notice: string) => void;
			options: WalkOptions | undefined;
		},
	): AsyncGenerator<WalkedPage<Bill>, void, undefined> {
		const pageOf = async (account: string): Promise<WalkedPage<Bill>> => {
			const { bills, reasons, requests } = await this.readAccount(account, span, options);
			if (bills.length === 0) emptyAccount(account);
			return { rows: bills, total: null, requests, end: { complete: reasons.length === 0, reasons } };
		};
		return asOneWalk(withOwners(inTurn(accounts, atOnce, pageOf), sharedBill));
	}

	/** `GET customerBill/{id}` (API v1). @throws BillingError NOT_FOUND, or PROTOCOL when another bill was given */
	async readOne(id: LocalId, options?: WalkOptions): Promise<Bill> {
		const rows = await this.api.customerBill(invoiceOf(id.remoteId), id.scope, options);
		const { bills } = this.billsOf(rows, id.scope);
		const found = pick(bills, id);
		if (found !== null) return found;
		if (bills.length === 0) throw this.notFound(id);
		throw protocolError(`Lumen gave another bill than the one asked for`, {
			provider: 'LUMEN',
			connection: this.connection,
		});
	}

	notFound({ scope, remoteId }: LocalId): BillingError {
		return this.api.client.error({
			kind: 'NOT_FOUND',
			message: `Lumen has no bill ${remoteId} for billing account ${scope}`,
			hint: 'Check the invoice number and the billing account number of this connection.',
		});
	}

	private billsOf(rows: readonly BillRow[], account: string) {
		const { bills, reasons } = billRecordsOf(rows);
		return { bills: bills.map((bill) => toLumenBill(bill, this.connection, account)), reasons };
	}
}

async function* withOwners(
	pages: AsyncIterable<WalkedPage<Bill>>,
	sharedBill: (notice: string) => void,
): AsyncGenerator<WalkedPage<Bill>, void, undefined> {
	const own = ownedOnce();
	for await (const page of pages) {
		const { bills, reasons, notices } = own(page.rows);
		for (const notice of notices) sharedBill(notice);
		yield { ...page, rows: bills, end: endWith([...(page.end?.reasons ?? []), ...reasons]) };
	}
}

/**
 * The bill of that id, or the only one of that number.
 * @throws BillingError CONFLICT for the number of an invoice with several documents
 */
export function pick(bills: readonly Bill[], { remoteId }: LocalId): Bill | null {
	const exact = bills.find((bill) => bill.identity.remoteId === remoteId);
	if (exact !== undefined) return exact;
	const [first, ...others] = bills.filter((bill) => bill.number === remoteId);
	if (first === undefined) return null;
	if (others.length === 0) return first;
	throw severalDocuments(
		remoteId,
		[first, ...others].map((bill) => bill.identity.remoteId),
	);
}

function severalDocuments(invoice: string, ids: readonly string[]): BillingError {
	return new BillingError({
		kind: 'CONFLICT',
		provider: 'LUMEN',
		message: `Invoice ${invoice} has ${ids.length} documents that differ`,
		hint: `Ask for one of them: ${ids.join(', ')}.`,
	});
}
