/** A party named on a bill, and the account it is billed to. */

/** TMF678 `RelatedPartyRef`; Orange's `customer` arrives with role `customer`. */
export interface RelatedParty {
	readonly id: string | null;
	readonly name: string | null;
	readonly role: string | null;
}

/** TMF678 `BillingAccountRef`. */
export interface AccountRef {
	readonly id: string;
	readonly number: string | null;
	readonly name: string | null;
}
