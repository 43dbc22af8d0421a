/** A billing account: what bills are addressed to. */
import type { FieldNotes } from './availability';
import type { Identity } from './identity';
import type { JsonObject } from './json';

export const ACCOUNT_FIELDS = ['name', 'number'] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

export interface BillingAccount {
	readonly identity: Identity;
	readonly name: string | null;
	readonly number: string | null;
	readonly notes: FieldNotes<AccountField>;
	/** Null where the provider has no account resource and the account is known from its bills or from configuration. */
	readonly raw: JsonObject | null;
}
