/**
 * Which bills an account's rows are. One bill an invoice; nothing added together, nothing lost, nothing twice.
 *
 * API v2 may give an invoice several documents. Nobody says whether a later one replaces an earlier one or is a part beside
 * it, so their amounts are neither added nor chosen from: documents that say the same are one bill, and documents that
 * differ are bills of their own, named `<invoice number>@<statement date>`, each with a notice that a person should look.
 */
import { contentHash } from '../model/contentHash';
import { toCalendarDate } from '../model/dates';
import { type JsonObject, objectOf, textOf } from '../model/json';
import { checkedRecord, remoteIdOf } from '../tmf678/mappingContext';
import type { BillRow } from './wire';

/** A row that is a bill, with the id it goes by. */
export interface BillRecord {
	readonly kind: BillRow['kind'];
	readonly remoteId: string;
	readonly number: string;
	readonly record: JsonObject;
	/** Bills that share the number, this one included. */
	readonly documents: number;
}

export interface BillRecords {
	readonly bills: readonly BillRecord[];
	/** Why the list may not be taken at its word; empty where it may. */
	readonly reasons: readonly string[];
}

const SEPARATOR = '@';
const SPLIT_ID = /^(.+)@(?:\d{4}-\d{2}-\d{2}|undated)(?:-\d+)?$/;

/** The invoice that an id belongs to: what Lumen is asked for. */
export function invoiceOf(remoteId: string): string {
	return SPLIT_ID.exec(remoteId)?.[1] ?? remoteId;
}

/** Whether the id names one of several documents of an invoice. */
export function isOneOfSeveral(remoteId: string): boolean {
	return invoiceOf(remoteId) !== remoteId;
}

/** @throws BillingError PROTOCOL for a row without a usable id */
export function billRecordsOf(rows: readonly BillRow[]): BillRecords {
	const byNumber = new Map<string, BillRow[]>();
	const reasons: string[] = [];
	for (const row of rows) {
		const id = idOf(row);
		const same = byNumber.get(id) ?? [];
		if (same.length === 0) byNumber.set(id, same);
		const isNew = !same.some((other) => contentHash(other.record) === contentHash(row.record));
		if (isNew) same.push(row);
		if (isNew || (row.kind === 'STATEMENT' && row.isCopy)) continue;
		// No total is announced, so a row that stands where another belongs shows by nothing else.
		reasons.push(`bill ${id} came twice, so another may be missing`);
	}
	const bills = [...byNumber].flatMap(([id, same]) => {
		const [first, ...others] = same as [BillRow, ...BillRow[]];
		if (others.length === 0) return [billRecord(first, id, id, 1)];
		if (first.kind === 'STATEMENT') return severalDocuments(id, same);
		reasons.push(`bill ${id} came ${same.length} times with different content; the first is shown`);
		return [billRecord(first, id, id, 1)];
	});
	return { bills, reasons };
}

function severalDocuments(invoice: string, rows: readonly BillRow[]): readonly BillRecord[] {
	const taken = new Map<string, number>();
	return rows.map((row) => {
		const name = `${invoice}${SEPARATOR}${toCalendarDate(objectOf(row.record['documentSummaryDetails'])['statementDate']) ?? 'undated'}`;
		const count = (taken.get(name) ?? 0) + 1;
		taken.set(name, count);
		return billRecord(row, count === 1 ? name : `${name}-${count}`, invoice, rows.length);
	});
}

function billRecord(row: BillRow, remoteId: string, id: string, documents: number): BillRecord {
	const { billNo, invoiceNumber } = row.record;
	const number = row.kind === 'STATEMENT' ? id : (textOf(billNo) ?? textOf(invoiceNumber) ?? id);
	return { kind: row.kind, remoteId, number, record: row.record, documents };
}

/** The invoice number is the Customer Bill ID, so either stands in for the other. */
function idOf(row: BillRow): string {
	const { id, billNo, invoiceNumber } = row.record;
	const candidates = row.kind === 'STATEMENT' ? [row.invoiceNumber] : [id, billNo, invoiceNumber];
	const found = candidates.map(textOf).find((text) => text !== null && text.trim() !== '');
	return remoteIdOf(checkedRecord({ id: found ?? null }, 'bill'));
}
