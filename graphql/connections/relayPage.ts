/** A page in Relay's shape. Its cursors are sealed when they are asked for: a query that wants nodes alone pays for none. */

export interface RelayPage<Node> {
	readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
	readonly nodes: readonly Node[];
	readonly pageInfo: {
		readonly hasNextPage: boolean;
		readonly hasPreviousPage: boolean;
		readonly startCursor: string | null;
		readonly endCursor: string | null;
	};
}

/** What a page is made of. */
export interface PageParts<Item, Node> {
	readonly items: readonly Item[];
	readonly nodeOf: (item: Item) => Node;
	readonly cursorOf: (item: Item, index: number) => string;
	readonly hasNextPage: boolean;
	readonly hasPreviousPage: boolean;
	/** Absent: the last item's. */
	readonly endCursor?: () => string | null;
}

/** @param fields what the page has besides */
export function relayPage<Item, Node, Fields extends object>(
	parts: PageParts<Item, Node>,
	fields: Fields,
): RelayPage<Node> & Fields {
	return Object.assign(new SealedPage(parts), fields);
}

/**
 * A class, not an object with getters of its own: the shape of such an object holds them, and all they see, here the whole
 * page, until the next full garbage collection.
 */
class SealedPage<Item, Node> implements RelayPage<Node> {
	readonly nodes: readonly Node[];
	readonly pageInfo: RelayPage<Node>['pageInfo'];

	constructor(private readonly parts: PageParts<Item, Node>) {
		this.nodes = parts.items.map((item) => parts.nodeOf(item));
		this.pageInfo = new SealedPageInfo(parts);
	}

	get edges(): RelayPage<Node>['edges'] {
		const { items, cursorOf } = this.parts;
		return this.nodes.flatMap((node, index) => {
			const item = items[index];
			return item === undefined ? [] : [{ cursor: cursorOf(item, index), node }];
		});
	}
}

class SealedPageInfo<Item> {
	readonly hasNextPage: boolean;
	readonly hasPreviousPage: boolean;

	constructor(private readonly parts: PageParts<Item, unknown>) {
		this.hasNextPage = parts.hasNextPage;
		this.hasPreviousPage = parts.hasPreviousPage;
	}

	get startCursor(): string | null {
		return this.cursorAt(0);
	}

	get endCursor(): string | null {
		const { endCursor, items } = this.parts;
		return endCursor === undefined ? this.cursorAt(items.length - 1) : endCursor();
	}

	private cursorAt(index: number): string | null {
		const { items, cursorOf } = this.parts;
		const item = items[index];
		return item === undefined ? null : cursorOf(item, index);
	}
}
