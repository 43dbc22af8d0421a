/** A binary heap: the smallest of many in logarithmic time. */
export class Heap<T> {
	private readonly items: T[] = [];

	constructor(private readonly compare: (left: T, right: T) => number) {}

	get size(): number {
		return this.items.length;
	}

	push(item: T): void {
		this.items.push(item);
		for (let child = this.items.length - 1; child > 0;) {
			const parent = (child - 1) >> 1;
			if (!this.swapIfLess(child, parent)) return;
			child = parent;
		}
	}

	/** Takes out the smallest; undefined when empty. */
	pop(): T | undefined {
		const [top] = this.items;
		const last = this.items.pop();
		if (last === undefined || this.items.length === 0) return top;
		this.items[0] = last;
		for (let parent = 0; ;) {
			const left = 2 * parent + 1;
			const child = this.isLess(left + 1, left) ? left + 1 : left;
			if (!this.swapIfLess(child, parent)) return top;
			parent = child;
		}
	}

	private isLess(left: number, right: number): boolean {
		const [a, b] = [this.items[left], this.items[right]];
		return a !== undefined && b !== undefined && this.compare(a, b) < 0;
	}

	private swapIfLess(left: number, right: number): boolean {
		const [a, b] = [this.items[left], this.items[right]];
		if (a === undefined || b === undefined || this.compare(a, b) >= 0) return false;
		this.items[left] = b;
		this.items[right] = a;
		return true;
	}
}
