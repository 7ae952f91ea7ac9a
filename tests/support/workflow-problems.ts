import { readFileSync } from 'node:fs';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

/**
 * Reads `{ "name": "text of a workflow" }` and prints what the code host's own parser finds wrong with each, as
 * `{ "name": ["message"] }`. A process of its own: the parser imports JSON in a way that needs tsx.
 */

const workflows = JSON.parse(readFileSync(0, 'utf8')) as Readonly<Record<string, string>>;
const problems: Record<string, readonly string[]> = {};
for (const [name, content] of Object.entries(workflows)) {
	const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
	// It adds what it finds to the same list.
	if (value) await convertWorkflowTemplate(context, value);
	problems[name] = context.errors.getErrors().map(({ message }) => message);
}
console.log(JSON.stringify(problems));
