/** How often a connection may be asked again: a tenth of its requests, so that retries never become the load that keeps it down. */

/** Retries that may follow each other without any new request. */
const MOST = 10;
/** Earned by every request, in tenths of a retry: whole numbers stay exact. */
const EARNED = 1;
const PRICE = 10;

export class RetryBudget {
	private tenths = MOST * PRICE;

	/** Retries that are left. */
	get left(): number {
		return Math.floor(this.tenths / PRICE);
	}

	/** For every request sent. */
	earn(): void {
		this.tenths = Math.min(MOST * PRICE, this.tenths + EARNED);
	}

	/** False where none is left. */
	take(): boolean {
		if (this.tenths < PRICE) return false;
		this.tenths -= PRICE;
		return true;
	}
}
