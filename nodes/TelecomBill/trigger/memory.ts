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
 * With durable poll cursors, n8n 2.41 polls when a workflow is activated and, where that brings nothing, forgets what the
 * node has remembered: the bills that come until the first poll on time would count as there already. It does keep the
 * static data of the workflow then, so what was there at activation is in both.
 */
export class TriggerMemory {
	readonly sources: SourceStates;
	private readonly node: KeptByNode;
	private readonly workflow: KeptByWorkflow;
	private readonly nodeId: string;
	private readonly polls: number;

	constructor(context: IPollFunctions) {
		this.node = context.getWorkflowStaticData('node');
		this.workflow = context.getWorkflowStaticData('global');
		this.nodeId = context.getNode().id;
		this.polls = this.node.polls ?? 0;
		// Who activates the workflow again begins again.
		const atActivation = context.getActivationMode() === 'activate' ? undefined : this.atActivation[this.nodeId];
		this.sources = this.node.sources ?? atActivation ?? {};
	}

	/** n8n begins a poll though the one before still reads: the one that ends later has seen the same bills. */
	get isOvertaken(): boolean {
		return (this.node.polls ?? 0) !== this.polls;
	}

	/** @param isQuiet whether the poll hands over nothing: what is handed over n8n stores together with the node's own */
	keep(sources: SourceStates, isQuiet: boolean): void {
		const isFirst = this.node.sources === undefined;
		this.node.polls = this.polls + 1;
		this.node.sources = sources;
		const { [this.nodeId]: _, ...others } = this.atActivation;
		const all = isFirst && isQuiet ? { ...others, [this.nodeId]: sources } : others;
		if (Object.keys(all).length > 0) this.workflow.telecomBillTriggersAtActivation = all;
		else delete this.workflow.telecomBillTriggersAtActivation;
	}

	private get atActivation(): Readonly<Record<string, SourceStates>> {
		return this.workflow.telecomBillTriggersAtActivation ?? {};
	}
}
