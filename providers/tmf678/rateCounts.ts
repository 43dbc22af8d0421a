/** How many rates bills and accounts were seen to have: what the cheaper way to the rates of several bills is chosen by. */

/** Forgotten beyond this: counts only save requests, so losing them loses nothing else. */
const MOST_REMEMBERED = 10_000;

export class RateCounts {
	/** Set once the server has refused to list the rates of an account. */
	accountsAreRefused = false;
	private readonly ofBills = new Map<string, number>();
	private readonly ofAccounts = new Map<string, number>();

	rememberBill(id: string, rates: number): void {
		remember(this.ofBills, id, rates);
	}

	rememberAccount(id: string, rates: number): void {
		remember(this.ofAccounts, id, rates);
	}

	/** Requests that the bills take one by one; a bill of unknown length counts as one page. */
	requestsByBill(billIds: readonly string[], first: number | undefined, limit: number): number {
		const pages = billIds.map((id) => {
			const rates = this.ofBills.get(id) ?? 0;
			return Math.max(1, Math.ceil(Math.min(rates, first ?? rates) / limit));
		});
		return pages.reduce((sum, count) => sum + count, 0);
	}

	/** Requests that the rates of an account take; null where nobody has counted them. */
	requestsByAccount(account: string, limit: number): number | null {
		const rates = this.ofAccounts.get(account);
		return rates === undefined ? null : Math.max(1, Math.ceil(rates / limit));
	}
}

function remember(counts: Map<string, number>, id: string, count: number): void {
	if (counts.size >= MOST_REMEMBERED) counts.clear();
	counts.set(id, count);
}
