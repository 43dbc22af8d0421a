/** How many pages may be fetched at once: fewer as soon as the provider asks for it, then more again bit by bit. */

/** At no time more, whatever is asked for. */
export const MOST_PAGES_AT_ONCE = 8;
/** Answers in a row after which one page more is tried. */
const ANSWERS_TO_SPEED_UP = 10;

/** A request on its way. */
export interface Sent {
	readonly pace: number;
}

/**
 * One connection's pace, by additive increase and multiplicative decrease: a refusal halves what was under way, and ten
 * answers in a row allow one page more. The client tells it of every sending; page walks ask it before they fetch ahead.
 */
export class Pace {
	/** Pages that may be on their way together. */
	atOnce = MOST_PAGES_AT_ONCE;
	private underWay = 0;
	private answersInARow = 0;
	/** Counts the changes for the slower: what was sent before the last of them says nothing about the pace since. */
	private changes = 0;

	sent(): Sent {
		this.underWay += 1;
		return { pace: this.changes };
	}

	answered({ pace }: Sent): void {
		this.underWay -= 1;
		if (pace !== this.changes || this.atOnce === MOST_PAGES_AT_ONCE) return;
		this.answersInARow += 1;
		if (this.answersInARow < ANSWERS_TO_SPEED_UP) return;
		this.answersInARow = 0;
		this.atOnce += 1;
	}

	/** The provider asked for fewer requests. Requests refused together slow down once. */
	refused({ pace }: Sent): void {
		if (pace === this.changes) {
			this.atOnce = Math.max(1, Math.floor(Math.min(this.atOnce, this.underWay) / 2));
			this.changes += 1;
			this.answersInARow = 0;
		}
		this.underWay -= 1;
	}
}
