/** What n8n keeps for the trigger from poll to poll. */
import type { IPollFunctions } from 'n8n-workflow';

import type { SourceState } from './state';

/** By source. */
export type SourceStates = Readonly<Record<string, SourceState>>;

interface KeptByNode {
	sources?: SourceStates;
	/** How many polls have ended. */
	polls?: number;
}

/** The workflow's static data, which other nodes may use, too. */
interface KeptByWorkflow {
	/** By node. */
	telecomBillTriggersAtActivation?: Readonly<Record<string, SourceStates>>;
}

/**
 * With durable poll cursors, n8n 2.41 polls when a workflow is activated, or published anew with another provider, and,
 * where that brings nothing, forgets what the node has remembered: the bills that come until the first poll on time would
 * count as there already. It does keep the static data of the workflow then, so what was there at activation is in both,
 * until n8n is seen to have stored it for the node.
 */
export class TriggerMemory {
	readonly sources: SourceStates;
	private readonly node: KeptByNode;
	private readonly workflow: KeptByWorkflow;
	private readonly nodeId: string;
	private readonly polls: number;
	/** What n8n has stored for the node. */
	private readonly stored: SourceStates;

	constructor(context: IPollFunctions) {
		this.node = context.getWorkflowStaticData('node');
		this.workflow = context.getWorkflowStaticData('global');
		this.nodeId = context.getNode().id;
		this.polls = this.node.polls ?? 0;
		this.stored = this.node.sources ?? {};
		// Of an earlier activation that no poll has followed, nothing counts: that may be long ago.
		const atActivation = context.getActivationMode() === 'activate' ? undefined : this.atActivation[this.nodeId];
		this.sources = { ...atActivation, ...this.stored };
	}

	/** n8n begins a poll though the one before still reads: the one that ends later has seen the same bills. */
	get isOvertaken(): boolean {
		return (this.node.polls ?? 0) !== this.polls;
	}

	/** @param isQuiet whether the poll hands over nothing: what is handed over n8n stores together with the node's own */
	keep(sources: SourceStates, isQuiet: boolean): void {
		this.node.polls = this.polls + 1;
		this.node.sources = sources;
		const unstored = Object.entries(isQuiet ? sources : this.sources).filter(([id]) => this.stored[id] === undefined);
		if (unstored.length === 0) this.forgetActivation();
		else if (isQuiet) this.keepAtActivation(Object.fromEntries(unstored));
	}

	private get atActivation(): Readonly<Record<string, SourceStates>> {
		return this.workflow.telecomBillTriggersAtActivation ?? {};
	}

	private keepAtActivation(unstored: SourceStates): void {
		this.workflow.telecomBillTriggersAtActivation = { ...this.atActivation, [this.nodeId]: unstored };
	}

	/** Touches nothing where nothing is there: at any change, n8n stores all that the workflow's nodes have, as it was when the poll began. */
	private forgetActivation(): void {
		const { [this.nodeId]: own, ...others } = this.atActivation;
		if (own === undefined) return;
		if (Object.keys(others).length > 0) this.workflow.telecomBillTriggersAtActivation = others;
		else delete this.workflow.telecomBillTriggersAtActivation;
	}
}
