/** Readers who ask without end, and the count of what they were told. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from './client';
import type { Trouble } from './faults';
import { type Verdict, WrongAnswer } from './judge';
import { QUESTIONS, anyQuestion } from './questions';
import type { Right } from './truth';

/** Longest pause of a reader between two questions: keeps the load to some hundred questions a second. */
const LONGEST_PAUSE_MS = 60;
/** Wrong answers that are kept to be looked at. */
const KEPT = 20;

type Outcome = Verdict | 'WRONG' | 'UNANSWERED';

export class Load {
	private readonly outcomes = new Map<string, Map<Outcome, number>>();
	private readonly wrongAnswers: string[] = [];
	private readonly times: number[] = [];
	private isOver = false;
	private readers: readonly Promise<void>[] = [];

	constructor(
		private readonly client: Client,
		private readonly right: Right,
		private readonly trouble: Pick<Trouble, 'now'>,
	) {}

	start(readers: number): void {
		this.readers = Array.from({ length: readers }, () => this.read());
	}

	async stop(): Promise<void> {
		this.isOver = true;
		await Promise.all(this.readers);
	}

	/** What was told, by question. */
	get told(): Readonly<Record<string, Readonly<Partial<Record<Outcome, number>>>>> {
		return Object.fromEntries([...this.outcomes].map(([name, counts]) => [name, Object.fromEntries(counts)]));
	}

	count(outcome?: Outcome): number {
		const counts = [...this.outcomes.values()].flatMap((one) => [...one]);
		return counts
			.filter(([own]) => outcome === undefined || own === outcome)
			.reduce((sum, [, count]) => sum + count, 0);
	}

	get wrong(): readonly string[] {
		return this.wrongAnswers;
	}

	/** Milliseconds within which this share of the questions was answered. */
	within(share: number): number {
		const sorted = [...this.times].sort((left, right) => left - right);
		return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
	}

	private async read(): Promise<void> {
		while (!this.isOver) {
			const name = anyQuestion();
			const began = performance.now();
			const outcome = await this.outcomeOf(name);
			this.times.push(performance.now() - began);
			const counts = this.outcomes.get(name) ?? new Map<Outcome, number>();
			counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
			this.outcomes.set(name, counts);
			await sleep(Math.random() * LONGEST_PAUSE_MS);
		}
	}

	private async outcomeOf(name: string): Promise<Outcome> {
		const trouble = this.trouble.now;
		try {
			return await QUESTIONS[name]!.ask(this.client, this.right);
		} catch (error) {
			const outcome = error instanceof WrongAnswer ? 'WRONG' : 'UNANSWERED';
			if (this.wrongAnswers.length < KEPT)
				this.wrongAnswers.push(`${name}: ${String(error)} with ${JSON.stringify([trouble, this.trouble.now])}`);
			return outcome;
		}
	}
}
