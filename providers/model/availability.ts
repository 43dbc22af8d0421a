/** Why a field has the value it has: told for every field, so that an empty cell is never mistaken for zero. */

export type Availability =
	/** The provider gave it on this record. */
	| 'PROVIDED'
	/** Computed here from what the provider gave. */
	| 'DERIVED'
	/** The provider offers the field but left it out of this record, or gave it in a form that cannot be read. */
	| 'ABSENT_ON_RECORD'
	/** This provider never gives it. */
	| 'NOT_OFFERED_BY_PROVIDER'
	/** The provider gives it, and it was not asked for. */
	| 'NOT_FETCHED';

/** What a provider gives for a field when it gives anything. */
export type Offer = 'OFFERED' | 'DERIVED' | 'NOT_OFFERED';

/** Fields of a record that were computed here, or not asked for. Everything else follows from its value and the offer. */
export interface FieldNotes<Field extends string> {
	readonly derived: readonly Field[];
	readonly notFetched: readonly Field[];
}

/** Availability of one field of one record; computed when asked for, since most readers never ask. */
export function availabilityOf<Field extends string>(
	field: Field,
	value: unknown,
	notes: FieldNotes<Field>,
	offers: Readonly<Record<Field, Offer>>,
): Availability {
	if (notes.notFetched.includes(field)) return 'NOT_FETCHED';
	if (value !== null && value !== undefined) return notes.derived.includes(field) ? 'DERIVED' : 'PROVIDED';
	return offers[field] === 'NOT_OFFERED' ? 'NOT_OFFERED_BY_PROVIDER' : 'ABSENT_ON_RECORD';
}
