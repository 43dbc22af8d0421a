/** The part of `docs/reliability.md` about the soak, from the figures that `npm run soak` writes to `soak.json`. */
import { table } from './markdown';

/** From when the server was warm to the end; `slope` is an hour's growth. */
interface Held {
	readonly warm: number;
	readonly end: number;
	readonly slope: number;
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
	/** MB. */
	readonly heap: Held;
	readonly rss: Held;
	readonly handles: Held;
	readonly files: Held;
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
	];
}

function rounded(value: number): string {
	return String(Math.round(value * 10) / 10);
}
