// A chat model on localhost that speaks OpenAI's interface: it calls the tools it was told to, then quotes what they gave.
import { once } from 'node:events';
import { type IncomingMessage, createServer } from 'node:http';
import { text } from 'node:stream/consumers';

export interface ToolCall {
	readonly name: string;
	readonly arguments: Readonly<Record<string, unknown>>;
}

export interface ChatModel {
	/** As an OpenAI credential names it: with the version. */
	readonly url: string;
	/** The tools that the agent offered: name and description. */
	readonly offered: () => readonly { readonly name: string; readonly description: string }[];
	/** What the tools gave, in the order of the calls. */
	readonly toolAnswers: () => readonly string[];
	close(): Promise<void>;
}

interface ChatRequest {
	readonly messages: readonly { readonly role: string; readonly content: unknown }[];
	readonly tools?: readonly { readonly function: { readonly name: string; readonly description: string } }[];
}

/** @param script the calls to make, one a turn; each may depend on what the tools gave so far */
export async function startChatModel(
	script: readonly ((answers: readonly string[]) => ToolCall)[],
): Promise<ChatModel> {
	let last: ChatRequest = { messages: [] };
	const toolAnswers = (): string[] =>
		last.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
	const server = createServer((request, response) => {
		void chatRequest(request).then((asked) => {
			last = asked;
			const answers = toolAnswers();
			const call = script[answers.length]?.(answers);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completion(call ?? answers.join('\n'), answers.length)));
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the system gave no port');
	return {
		url: `http://127.0.0.1:${address.port}/v1`,
		offered: () => (last.tools ?? []).map((tool) => tool.function),
		toolAnswers,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function chatRequest(request: IncomingMessage): Promise<ChatRequest> {
	return JSON.parse(await text(request)) as ChatRequest;
}

function completion(answer: ToolCall | string, turn: number): object {
	const message =
		typeof answer === 'string'
			? { role: 'assistant', content: answer }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							id: `call_${turn}`,
							type: 'function',
							function: { name: answer.name, arguments: JSON.stringify(answer.arguments) },
						},
					],
				};
	return {
		id: `answer_${turn}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: typeof answer === 'string' ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}
