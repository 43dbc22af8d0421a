/** What a matrix of faults is made of: rows that say what goes wrong, and what the user must get from each provider on each face. */
import type { Provider } from '../../../providers/model/identity';
import type { ErrorKind } from '../../../providers/transport/errors';
import type { SandboxOptions } from '../../../sandbox/context';
import type { SeenRow } from './observation';

export const FACES = ['GRAPHQL', 'NODE'] as const;
export type Face = (typeof FACES)[number];

/** In the order of the columns. */
export const COLUMNS = [
	'LUMEN',
	'ORACLE_BRM',
	'TMF678',
	'FLOLIVE',
	'ORANGE_BUSINESS',
] as const satisfies readonly Provider[];

export type Outcome =
	/** Every row that there is, exactly, and each once. */
	| 'ALL_ROWS'
	/** Rows that there are, each once, and the word that they are not all. */
	| 'INCOMPLETE'
	/** A failure of this kind, and no list that could be taken for whole. */
	| ErrorKind;

/** Why a row is not tried with a provider. */
export interface NotTried {
	readonly why: string;
}

type CellName = Provider | Face | `${Provider} ${Face}`;

/** What all cells must give, save those that are named; the more exact name counts. */
export interface Outcomes {
	readonly all: Outcome;
	readonly except?: Readonly<Partial<Record<CellName, Outcome | NotTried>>>;
}

/** As `POST /__sandbox/faults` takes it. */
export interface FaultRule {
	readonly method?: string;
	readonly path?: string | readonly string[];
	readonly nth?: number;
	readonly times?: number;
	readonly effect: string;
	readonly with?: Readonly<Record<string, unknown>>;
}

export type PageNumber = 1 | 2 | 3;

/** Where to aim a fault at one provider. Every bill list of the matrix takes three requests. */
export interface Target {
	readonly provider: Provider;
	/** Text of every request for data, and of the request for one page. */
	readonly data: readonly string[];
	page(number: PageNumber): readonly string[];
	/** Text of requests for tokens; null where there are none. */
	readonly token: string | null;
	/** Path from an answer to its list of bills, for rewriting. */
	readonly list: readonly string[];
	readonly members: BillMembers;
}

/** Where a provider's bill says these things, as a path for rewriting. */
export interface BillMembers {
	readonly total: string;
	readonly currency: string;
	readonly billDate: string;
	/** The words for its type and its state; null where it holds none. */
	readonly type: string | null;
	readonly state: string | null;
	/** What may be any text. */
	readonly text: string;
}

export interface FaultRow {
	/** For instance "500 on the first page, for good". */
	readonly what: string;
	readonly outcomes: Outcomes;
	readonly faults: (target: Target) => readonly FaultRule[];
	/** Each provider's longest pause before a request is sent again must be no shorter, in milliseconds. */
	readonly leastPauseMs?: number;
	/** How a bill is shown that is in the books like this; as it is where absent. */
	readonly asShown?: AsShown;
	/** What must be in the words that the user gets, where that matters. */
	readonly words?: RegExp;
}

export type AsShown = (bill: SeenRow, provider: Provider) => SeenRow;

/** How to ask. */
export interface Addresses {
	/** Where to find a provider's API, if not where the sandbox says. */
	readonly baseUrls: BaseUrls;
	/** Of the servers that give tokens; the sandbox where absent. */
	readonly tokenOrigin?: string;
	/** v1 where absent. */
	readonly lumenApiVersion?: 'v1' | 'v2';
}

export interface Asking extends Addresses {
	readonly requestTimeoutMs: number;
}

export type BaseUrls = Readonly<Partial<Record<Provider, string>>>;

/** Longer than any answer of the sandbox takes on a busy machine. */
export const AMPLE_MS = 10_000;

export interface FaultTable<Row extends FaultRow = FaultRow> {
	readonly title: string;
	/** What is common to the rows, in words. */
	readonly intro: string;
	/** How long a request may take; long where no row is about time. */
	readonly requestTimeoutMs: number;
	readonly rows: readonly Row[];
	/** Where the table is about one provider alone, set up otherwise than elsewhere. */
	readonly variant?: Variant;
}

export interface Variant {
	readonly provider: Provider;
	/** The column's head. */
	readonly head: string;
	readonly target: Target;
	readonly lumenApiVersion: 'v1' | 'v2';
	readonly books: Partial<SandboxOptions>;
}

export function columnsOf({ variant }: Pick<FaultTable, 'variant'>): readonly Provider[] {
	return variant === undefined ? COLUMNS : [variant.provider];
}

export function outcomeOf({ all, except = {} }: Outcomes, provider: Provider, face: Face): Outcome | NotTried {
	return except[`${provider} ${face}`] ?? except[provider] ?? except[face] ?? all;
}

export function isTried(outcome: Outcome | NotTried): outcome is Outcome {
	return typeof outcome === 'string';
}
