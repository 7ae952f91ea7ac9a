import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Query } from '../../src/lib/model/query';
import { writeEvents } from '../../src/lib/worker/files/hand-off';
import type { MemoryWorkspace } from './memory-workspace';

/** Events handed off as Parquet, and DuckDB to read them. */

/** What an export writes, stretch by stretch. */
export async function handedOffParts(
	workspace: MemoryWorkspace,
	query: Query
): Promise<Uint8Array<ArrayBuffer>[]> {
	const { plan, data } = workspace.prepare(query.filter, 'day');
	const segments = new Map(plan.segments.map((ref, i) => [ref, data.lists.segments[i]!]));
	const parts: Uint8Array<ArrayBuffer>[] = [];
	await writeEvents(
		() => {},
		() => {},
		query,
		plan,
		{
			catalogue: data.catalogue,
			own: data.own,
			readUserIds: data.readUserIds,
			read: async (refs) => refs.map((ref) => segments.get(ref)!)
		},
		(bytes) => void parts.push(bytes)
	);
	return parts;
}

export async function handedOff(workspace: MemoryWorkspace, query: Query): Promise<Uint8Array> {
	return new Uint8Array(await new Blob(await handedOffParts(workspace, query)).arrayBuffer());
}

export type DuckRow = Record<string, unknown>;

/** A DuckDB in memory, with files on the disk for it to read. */
export class Duck {
	readonly #instance: DuckDBInstance;
	readonly #connection: DuckDBConnection;
	readonly #folder: string;

	private constructor(instance: DuckDBInstance, connection: DuckDBConnection, folder: string) {
		this.#instance = instance;
		this.#connection = connection;
		this.#folder = folder;
	}

	static async open(): Promise<Duck> {
		const instance = await DuckDBInstance.create(':memory:');
		const connection = await instance.connect();
		await connection.run(`SET threads = 1; SET TimeZone = 'UTC'`);
		return new Duck(instance, connection, await mkdtemp(join(tmpdir(), 'tackboard-duck-')));
	}

	async close(): Promise<void> {
		this.#connection.closeSync();
		this.#instance.closeSync();
		await rm(this.#folder, { recursive: true });
	}

	/** Puts bytes on the disk. @returns the path, to be quoted in SQL */
	async file(name: string, bytes: Uint8Array): Promise<string> {
		const path = join(this.#folder, name);
		await writeFile(path, bytes);
		return path;
	}

	async run(statements: readonly string[]): Promise<void> {
		for (const statement of statements) await this.#connection.run(statement);
	}

	/** Rows with numbers in place of large integers, which must fit. */
	async rows(sql: string): Promise<DuckRow[]> {
		const reader = await this.#connection.runAndReadAll(sql);
		return reader.getRowObjectsJson().map((row) => {
			const plain: DuckRow = {};
			for (const [name, value] of Object.entries(row)) {
				const isWhole = typeof value === 'string' && /^-?\d{1,15}$/.test(value);
				plain[name] = isWhole ? Number(value) : value;
			}
			return plain;
		});
	}
}
