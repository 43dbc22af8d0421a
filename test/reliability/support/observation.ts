/** What a user got from one provider, in the same words on both faces. */
import type { Provider } from '../../../providers/model/identity';
import type { BillState, BillType } from '../../../providers/model/billWords';
import type { Outcome } from './matrix';

/** One bill as it was shown; amounts as exact text. */
export interface SeenRow {
	readonly id: string;
	readonly billDate: string | null;
	readonly total: string | null;
	readonly currency: string | null;
	readonly type: BillType;
	readonly state: BillState;
}

export interface Observation {
	readonly outcome: Outcome;
	readonly rows: readonly SeenRow[];
	/** Error, hint, notices: what there was to read. */
	readonly words: string;
}

/** What all five providers gave, and how long the caller let pass between requests, in milliseconds. */
export interface Reading {
	readonly seen: Readonly<Record<Provider, Observation>>;
	readonly pauses: readonly number[];
	/** Until the user had the answer, in milliseconds. */
	readonly tookMs: number;
}

export const INCOMPLETE_WORDS = 'The list is not whole';
