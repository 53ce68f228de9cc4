package dev.sluice.cli.state;

import java.util.List;
import java.util.stream.Stream;

/**
 * The versions of the tables of a state file. A migration that was released never changes; a new one is added behind it.
 */
final class Migrations {
    /** The statements that lead from each version to the next. */
    static final List<List<String>> ALL = List.of(first(), failures(), schemas(), rejected(), mappedRejects());

    private Migrations() {}

    /** How often the attempts at a stream have failed in the job that is under way. */
    private static List<String> failures() {
        return List.of("""
            CREATE TABLE failure (
                connection TEXT NOT NULL REFERENCES connection,
                sync_id INTEGER NOT NULL,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                complete_in_row INTEGER NOT NULL,
                complete_in_all INTEGER NOT NULL,
                partial_in_row INTEGER NOT NULL,
                partial_in_all INTEGER NOT NULL,
                PRIMARY KEY (connection, sync_id, namespace, name)
            ) STRICT, WITHOUT ROWID\
            """);
    }

    /** How streams were when their tables were last made, and the wish to read one once more. */
    private static List<String> schemas() {
        return List.of("""
            CREATE TABLE known_stream (
                connection TEXT NOT NULL REFERENCES connection,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                description TEXT NOT NULL,
                PRIMARY KEY (connection, namespace, name)
            ) STRICT, WITHOUT ROWID\
            """, "ALTER TABLE stream ADD COLUMN refresh TEXT");
    }

    /**
     * Rejected records that count together with the commit of their part. A row that stands for several says how many
     * were counted and not kept.
     */
    private static List<String> rejected() {
        return List.of(
                """
                CREATE TABLE rejected (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    connection TEXT NOT NULL REFERENCES connection,
                    namespace TEXT NOT NULL,
                    name TEXT NOT NULL,
                    sync_id INTEGER NOT NULL,
                    read_id INTEGER NOT NULL,
                    generation INTEGER NOT NULL,
                    split TEXT NOT NULL,
                    state TEXT NOT NULL,
                    mark TEXT,
                    claimed_by INTEGER,
                    records INTEGER NOT NULL,
                    place TEXT NOT NULL,
                    code TEXT NOT NULL,
                    field TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    form TEXT NOT NULL,
                    origin TEXT NOT NULL,
                    original BLOB,
                    size INTEGER NOT NULL,
                    rejected_at INTEGER NOT NULL
                ) STRICT\
                """,
                "CREATE INDEX rejected_part ON rejected (connection, namespace, name, state, read_id, split)",
                """
                CREATE UNIQUE INDEX rejected_counted
                    ON rejected (connection, namespace, name, sync_id, read_id, split, code, field)
                    WHERE original IS NULL AND state = 'pending'\
                """,
                """
                INSERT INTO rejected SELECT NULL, connection, namespace, name, sync_id, sync_id, 0, '', 'open', NULL, NULL,
                    1, place, code, '', reason, 'SOURCE', '', original, length(original), sync_id FROM reject\
                """,
                """
                INSERT INTO rejected SELECT NULL, connection, namespace, name, sync_id, sync_id, 0, '', 'open', NULL, NULL,
                    records, '', 'COUNTED', '', '', 'SOURCE', '', NULL, 0, sync_id FROM reject_overflow\
                """,
                "DROP TABLE reject",
                "DROP TABLE reject_overflow");
    }

    /** What was made of a rejected record, beside the record itself, and whether a file tells of it. */
    private static List<String> mappedRejects() {
        return List.of(
                "ALTER TABLE rejected ADD COLUMN mapped BLOB",
                "ALTER TABLE rejected ADD COLUMN shelved INTEGER NOT NULL DEFAULT 0",
                "CREATE INDEX rejected_unshelved ON rejected (connection, sync_id, namespace, name, id)"
                        + " WHERE shelved = 0 AND original IS NOT NULL");
    }

    private static List<String> first() {
        return Stream.of(progress(), rejects()).flatMap(List::stream).toList();
    }

    /** Connections, and how far each stream and split of them is. */
    private static List<String> progress() {
        return List.of("""
            CREATE TABLE connection (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL UNIQUE
            ) STRICT\
            """, """
            CREATE TABLE job (
                connection TEXT NOT NULL REFERENCES connection,
                sync_id INTEGER NOT NULL,
                started_at INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                ended_at INTEGER,
                outcome TEXT,
                PRIMARY KEY (connection, sync_id)
            ) STRICT, WITHOUT ROWID\
            """, """
            CREATE TABLE stream (
                connection TEXT NOT NULL REFERENCES connection,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                settings TEXT NOT NULL,
                generation INTEGER NOT NULL,
                last_sync_id INTEGER NOT NULL,
                position_identity TEXT,
                position_value TEXT,
                read_sync_id INTEGER,
                read_from_identity TEXT,
                read_from_value TEXT,
                read_shape TEXT,
                read_token TEXT,
                read_end_identity TEXT,
                read_end_value TEXT,
                PRIMARY KEY (connection, namespace, name)
            ) STRICT, WITHOUT ROWID\
            """, """
            CREATE TABLE split (
                connection TEXT NOT NULL,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                id TEXT NOT NULL,
                place INTEGER NOT NULL,
                payload TEXT NOT NULL,
                estimated_rows INTEGER NOT NULL,
                estimated_bytes INTEGER NOT NULL,
                position TEXT,
                finished INTEGER,
                rows INTEGER,
                PRIMARY KEY (connection, namespace, name, id)
            ) STRICT, WITHOUT ROWID\
            """);
    }

    /** Records that could not be read or written, and the number of those beyond what is kept. */
    private static List<String> rejects() {
        return List.of("""
            CREATE TABLE reject (
                connection TEXT NOT NULL REFERENCES connection,
                sync_id INTEGER NOT NULL,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                place TEXT NOT NULL,
                code TEXT NOT NULL,
                reason TEXT NOT NULL,
                original BLOB NOT NULL,
                PRIMARY KEY (connection, sync_id, namespace, name, place)
            ) STRICT, WITHOUT ROWID\
            """, """
            CREATE TABLE reject_overflow (
                connection TEXT NOT NULL REFERENCES connection,
                sync_id INTEGER NOT NULL,
                namespace TEXT NOT NULL,
                name TEXT NOT NULL,
                records INTEGER NOT NULL,
                PRIMARY KEY (connection, sync_id, namespace, name)
            ) STRICT, WITHOUT ROWID\
            """);
    }
}
