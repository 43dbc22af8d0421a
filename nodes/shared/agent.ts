/** Whether an AI agent is at work: what costs money asks for more then. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** Where n8n runs a tool as a node of its own, only the node's type tells. */
export function isAgentRun(context: IExecuteFunctions): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}
