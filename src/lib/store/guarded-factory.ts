/**
 * The browser's databases, opened only at the version that is asked for. Where a database is of a newer version, Dexie
 * would open it as it is, and may even add tables to it: a newer app made it, and an older one leaves it alone.
 */
export function guardedFactory(): IDBFactory {
	return {
		open: (name, version) => {
			if (version === undefined) throw new DOMException(`${name} is of a newer version`, 'VersionError');
			return indexedDB.open(name, version);
		},
		deleteDatabase: (name) => indexedDB.deleteDatabase(name),
		databases: () => indexedDB.databases(),
		cmp: (first, second) => indexedDB.cmp(first, second)
	};
}
