/** What the mapping of a TMF678-shaped record needs to know besides the record. */
import type { Identity, LocalId } from '../model/identity';
import { type JsonValue, isJsonObject, textOf } from '../model/json';
import type { AccountRef } from '../model/party';
import { protocolError } from '../transport/errors';
import type { WireRecord } from './wire';

export interface MappingContext {
	/** Whose records these are; each adds its own id. */
	readonly owner: Omit<Identity, 'remoteId'>;
	/** Whether the end day of a period still counts; null where the provider does not say. */
	readonly periodEndCounts: boolean | null;
	/** The account that was asked about, for records that do not name theirs. */
	readonly account?: AccountRef | undefined;
	/** The bill whose rates were asked for, for rates that do not name theirs. */
	readonly bill?: LocalId | undefined;
	/** Members of the record that hold the currency of amounts without one of their own. */
	readonly currencyMembers?: readonly string[] | undefined;
	/** Members that give the tax of the whole record; where there is none, it is summed from its items. */
	readonly taxMembers?: readonly string[] | undefined;
}

/** @throws BillingError PROTOCOL for a row that is no record, or that has no id that could be asked for. */
export function checkedRecord(row: JsonValue, what: string): WireRecord {
	if (!isJsonObject(row)) throw protocolError(`The provider gave a ${what} that is not an object`);
	const id = textOf(row['id']);
	if (id === null || !isUsableId(id)) throw protocolError(`The provider gave a ${what} without a usable id`);
	return row as WireRecord;
}

export function remoteIdOf(record: WireRecord): string {
	return String(record.id);
}

/** An id that is blank, a path step, or that holds control characters can never be asked for again. */
function isUsableId(id: string): boolean {
	return id.trim() !== '' && id !== '.' && id !== '..' && !/[\u0000-\u001f\u007f]/.test(id);
}
