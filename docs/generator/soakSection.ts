/** The part of `docs/reliability.md` about the soak, from the figures that `npm run soak` writes to `soak.json`. */
import { table } from './markdown';

/** From when the server was warm to the end; `slope` is an hour's growth. */
export interface Held {
	readonly warm: number;
	readonly end: number;
	readonly slope: number;
}

/** With and without a provider that hangs, in milliseconds: medians over the rounds. */
export interface Pair {
	readonly without: number;
	readonly with: number;
}

export interface HangingFigures {
	readonly rounds: number;
	readonly questionsARound: number;
	/** Who ask the provider that hangs, all the time. */
	readonly hangingReaders: number;
	readonly p50: Pair;
	readonly p99: Pair;
}

/** What the page shows of the figures; there are more. */
export interface SoakFigures {
	readonly minutes: number;
	readonly asked: number;
	readonly right: number;
	readonly named: number;
	readonly refused: number;
	readonly wrong: number;
	readonly unanswered: number;
	readonly faultsSwitchedOn: number;
	readonly warmMinutes: number;
	/** MB, and MB an hour. */
	readonly heap: Held;
	readonly rss: Held;
	readonly handles: Held;
	readonly files: Held;
	/** Null: not measured. */
	readonly hanging: HangingFigures | null;
}

export function soakSection(figures: SoakFigures | null): readonly string[] {
	if (figures === null) {
		return ['`npm run soak` loads the server while faults come and go, and writes its figures here.'];
	}
	const { minutes, asked, right, named, refused, wrong, unanswered, faultsSwitchedOn, warmMinutes } = figures;
	const held = (what: string, { warm, end, slope }: Held): string[] => [what, ...[warm, end, slope].map(rounded)];
	return [
		`${rounded(minutes)} minutes of mixed load, with ${String(faultsSwitchedOn)} faults switched on and off (\`npm run soak\`).`,
		table(
			['Answers', 'How many'],
			[
				['asked for', asked],
				['right', right],
				['with a failure that was named', named],
				['refused under load', refused],
				['wrong', wrong],
				['never given', unanswered],
			].map((row) => row.map(String)),
		),
		table(
			['', `After ${rounded(warmMinutes)} minutes`, 'At the end', 'Growth an hour'],
			[
				held('Heap, MB', figures.heap),
				held('Memory of the process, MB', figures.rss),
				held('Open handles', figures.handles),
				held('Open files', figures.files),
			],
		),
		...(figures.hanging === null ? [] : hangingSection(figures.hanging)),
	];
}

function hangingSection({ rounds, questionsARound, hangingReaders, ...times }: HangingFigures): readonly string[] {
	const row = (what: string, { without, with: hanging }: Pair): string[] => [what, (hanging / without).toFixed(2)];
	return [
		`A question about three providers while ${String(hangingReaders)} readers ask a fourth that never answers, beside the same without them: medians of ${String(rounds)} rounds in turn, ${String(questionsARound)} questions each.`,
		table(
			['', 'Time, times that without'],
			[row('Half of the answers within', times.p50), row('99 % of the answers within', times.p99)],
		),
	];
}

function rounded(value: number): string {
	return String(Math.round(value * 10) / 10);
}
