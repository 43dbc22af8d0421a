/** Tries every row of a table on both faces, and holds what each provider gave against what its cell says. */
import type { Provider } from '../../../providers/model/identity';
import { readByGraphql } from './graphqlFace';
import {
	type Addresses,
	type AsShown,
	type Asking,
	COLUMNS,
	columnsOf,
	FACES,
	type Face,
	type FaultRow,
	type FaultTable,
	isTried,
	outcomeOf,
} from './matrix';
import type { RunningSandbox } from '../../../sandbox/server';
import { readByNode } from './nodeFace';
import type { Observation, Reading, SeenRow } from './observation';
import { FaultStand, aimedAt } from './stand';
import { targetOf } from './targets';

/**
 * Milliseconds. However providers fail, nothing may keep a user waiting longer. Pauses take no time here; four requests of two
 * seconds do, one provider after the other where a list in order needs the next page of each.
 */
const LONGEST_WAIT_MS = 25_000;
/** Longer than that, so that it is the wait which is found too long. */
const LONGEST_TRIAL_MS = 60_000;
/** Three pages and a token, each asked for as often as the retry policy allows, and once more with a new token. */
const MOST_REQUESTS = 30;

const READERS: Readonly<Record<Face, (sandbox: RunningSandbox, asking: Asking) => Promise<Reading>>> = {
	GRAPHQL: readByGraphql,
	NODE: readByNode,
};

/** What a row needs besides faults: other addresses, say, or bills that change. Undone by `end`. */
export interface Stage extends Addresses {
	end(): Promise<void> | void;
}

export type SetStage<Row extends FaultRow> = (row: Row, stand: FaultStand) => Promise<Stage> | Stage;

const NO_STAGE: Stage = { baseUrls: {}, end: () => undefined };

export function runTable<Row extends FaultRow>(table: FaultTable<Row>, setStage: SetStage<Row> = () => NO_STAGE): void {
	let stand: FaultStand;
	beforeAll(async () => {
		stand = await FaultStand.start(table.variant?.books);
	});
	afterAll(() => stand.close());

	describe.each(table.rows)('$what', (row) => {
		describe.each(FACES)('%s', (face) => {
			let tried: Trial;
			const providers = columnsOf(table).filter((provider) => isTried(outcomeOf(row.outcomes, provider, face)));
			const tryWith = (struck: readonly Provider[]): Promise<Trial> =>
				tryOut(row, struck, face, table, stand, setStage);
			beforeAll(async () => {
				tried = await tryWith(providers);
			}, LONGEST_TRIAL_MS);

			it.each(providers)(`%s gives what its cell says`, (provider) => expectCell(row, provider, face, tried));

			it('ends soon, after few requests', () => {
				expect(tried.reading.tookMs).toBeLessThan(LONGEST_WAIT_MS);
				for (const provider of COLUMNS) {
					expect([provider, tried.requests[provider]]).toEqual([provider, expect.any(Number)]);
					expect(tried.requests[provider]).toBeLessThanOrEqual(MOST_REQUESTS);
				}
			});

			// Pauses do not tell whose they are: struck alone, a provider is the only one to wait for.
			const { leastPauseMs } = row;
			if (leastPauseMs === undefined) return;
			it.each(providers)('%s is waited for as long as it asks', async (provider) => {
				const { reading } = await tryWith([provider]);
				expect(Math.max(...reading.pauses)).toBeGreaterThanOrEqual(leastPauseMs);
			});
		});
	});
}

interface Trial {
	readonly reading: Reading;
	/** As the provider gave them, before and after whatever changed meanwhile. */
	readonly truths: readonly Readonly<Record<Provider, readonly SeenRow[]>>[];
	readonly requests: Readonly<Record<Provider, number>>;
}

async function tryOut<Row extends FaultRow>(
	row: Row,
	struck: readonly Provider[],
	face: Face,
	table: FaultTable<Row>,
	stand: FaultStand,
	setStage: SetStage<Row>,
): Promise<Trial> {
	await stand.heal();
	const before = await stand.truth();
	const stage = await setStage(row, stand);
	try {
		const { requestTimeoutMs, variant } = table;
		const targets = variant === undefined ? struck.map(targetOf) : [variant.target];
		await stand.break(targets.flatMap((target) => row.faults(target).map((rule) => aimedAt(target.provider, rule))));
		const reading = await READERS[face](stand.sandbox, {
			...stage,
			requestTimeoutMs,
			lumenApiVersion: variant?.lumenApiVersion ?? 'v1',
		});
		expect(await stand.idleFaults()).toEqual([]);
		const counts = await Promise.all(COLUMNS.map(async (provider) => [provider, await stand.requestCount(provider)]));
		const requests = Object.fromEntries(counts) as Record<Provider, number>;
		return { reading, truths: [before, await stand.truth()], requests };
	} finally {
		await stage.end();
		await stand.heal();
	}
}

function expectCell(row: FaultRow, provider: Provider, face: Face, { reading, truths }: Trial): void {
	const { outcome, rows, words }: Observation = reading.seen[provider];
	expect({ outcome, words }).toEqual({ outcome: outcomeOf(row.outcomes, provider, face), words });
	if (row.words !== undefined && outcome !== 'ALL_ROWS') expect(words).toMatch(row.words);
	const asShown: AsShown = row.asShown ?? ((bill) => bill);
	const [before = [], after = []] = truths.map((truth) => truth[provider].map((bill) => asShown(bill, provider)));
	expect(rows.map(({ id }) => id)).toHaveLength(new Set(rows.map(({ id }) => id)).size);
	if (outcome === 'ALL_ROWS') expect(sorted(rows)).toEqual(sorted(rows.length === before.length ? before : after));
	else expect([...before, ...after]).toEqual(expect.arrayContaining([...rows]));
	if (outcome === 'INCOMPLETE' && face === 'GRAPHQL') expect(rows).not.toEqual([]);
}

function sorted(rows: readonly SeenRow[]): readonly SeenRow[] {
	return [...rows].sort((left, right) => (left.id < right.id ? -1 : 1));
}
