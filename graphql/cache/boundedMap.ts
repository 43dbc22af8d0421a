/** A map that holds no more than a given weight: what was used least recently makes room. */

export class BoundedMap<Value> extends Map<string, Value> {
	private weight = 0;

	constructor(
		private readonly maxWeight: number,
		private readonly weigh: (value: Value) => number,
	) {
		super();
	}

	override get(key: string): Value | undefined {
		const value = super.get(key);
		if (value === undefined) return undefined;
		// A map keeps the order of insertion: whatever is used moves to its end.
		super.delete(key);
		super.set(key, value);
		return value;
	}

	override set(key: string, value: Value): this {
		this.delete(key);
		const weight = this.weigh(value);
		if (weight > this.maxWeight) return this;
		super.set(key, value);
		this.weight += weight;
		for (const oldest of this.keys()) {
			if (this.weight <= this.maxWeight) break;
			this.delete(oldest);
		}
		return this;
	}

	override delete(key: string): boolean {
		const value = super.get(key);
		if (value === undefined) return false;
		this.weight -= this.weigh(value);
		return super.delete(key);
	}

	override clear(): void {
		this.weight = 0;
		super.clear();
	}
}
