package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.MirrorTarget;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows that the runs of a stream have written into a table of somebody else's, with the generation that has met each of
 * them last. They stand in a table beside the ledger and change in the transaction of the rows, so that they are never ahead of them.
 */
final class MirrorKeys {
    private static final String MET = "_sluice_met";
    private static final String NTH = "_sluice_nth";

    private final String target;
    private final String keys;
    private final List<String> key;
    private final long generation;
    private final ObjectTables tables;
    private final String met;
    private final String nth;
    private @Nullable String refusal;

    private MirrorKeys(
            String target, String keys, List<String> key, long generation, ObjectTables tables, SqlDialect dialect) {
        this.target = target;
        this.keys = keys;
        this.key = key;
        this.generation = generation;
        this.tables = tables;
        this.met = dialect.quote(MET);
        this.nth = dialect.quote(NTH);
    }

    /** Those of a stream; their table is there when this returns. Not within a transaction, as making tables may end one. */
    static MirrorKeys open(
            SqlBackend backend, SqlSession session, TargetSpec spec, ObjectTable target, TableName entry) {
        SqlDialect dialect = backend.dialect();
        ObjectTables tables = ObjectTarget.tables(backend);
        List<String> key = spec.mode().primaryKey().stream()
                .map(path -> dialect.quote(path.column()))
                .toList();
        String name = dialect.qualified(new TableName(entry.schema(), entry.table() + ":keys"));
        MirrorKeys keys = new MirrorKeys(
                dialect.qualified(target.table()), name, key, spec.generation().id(), tables, dialect);
        String index =
                dialect.quote("sluice_keys_" + Identifiers.digest(entry.table()).substring(0, 16));
        tables.createKeys(name, index, keys.columns(spec, target, dialect), String.join(", ", key))
                .forEach(session::execute);
        return keys;
    }

    private String columns(TargetSpec spec, ObjectTable table, SqlDialect dialect) {
        return spec.mode().primaryKey().stream()
                .map(path -> ObjectTarget.column(table, path.column(), spec))
                .map(column -> dialect.quote(column.name()) + " " + column.sqlType() + " NOT NULL, ")
                .collect(Collectors.joining("", "", met + " BIGINT NOT NULL"));
    }

    /** Nothing was written: whatever is there is somebody else's. */
    void forget(SqlSession session) {
        session.execute("DELETE FROM " + keys);
    }

    /**
     * Remembers rows.
     *
     * @param matched a subquery s of the keys that they have in the table
     */
    void meet(SqlSession session, String matched) {
        session.update(tables.update(
                keys,
                matched,
                List.of(new ObjectTables.ColumnValue(met, Long.toString(generation))),
                same("t", "s"),
                "TRUE"));
        session.update("INSERT INTO " + keys + " (" + String.join(", ", key) + ", " + met + ") SELECT "
                + all("s") + ", " + generation + " FROM " + matched + " WHERE NOT EXISTS (SELECT 1 FROM " + keys
                + " AS o WHERE " + same("o", "s") + ")");
    }

    /** How many rows are there, and how many of these this generation has not met. */
    MirrorTarget.Gone gone(SqlSession session) {
        SqlRow row = session.query("SELECT count(*), coalesce(sum(CASE WHEN o." + met + " < " + generation
                        + " THEN 1 ELSE 0 END), 0) FROM " + keys + " AS o JOIN " + target + " AS t ON "
                        + same("t", "o"))
                .getFirst();
        return new MirrorTarget.Gone(row.whole(0), row.whole(1));
    }

    /** Removes the rows that this generation has not met, all but those that the table does not let go of. */
    MirrorTarget.Removed remove(SqlSession session) {
        refusal = null;
        long before = gone(session).missing();
        long numbered = session.query("SELECT count(*) FROM " + keys + " WHERE " + met + " < " + generation)
                .getFirst()
                .whole(0);
        remove(session, 1, numbered + 1);
        long left = gone(session).missing();
        if (left == 0) {
            session.execute("DELETE FROM " + keys + " WHERE " + met + " < " + generation);
        }
        String why = left == 0 ? null : refusal == null ? "a rule or trigger of the table lets them stand" : refusal;
        return new MirrorTarget.Removed(before - left, left, why);
    }

    private void remove(SqlSession session, long from, long to) {
        if (from >= to) {
            return;
        }
        session.execute("SAVEPOINT sluice_gone");
        try {
            session.execute(tables.delete(
                    target,
                    numbered(from, to),
                    key.stream()
                            .map(column -> new ObjectTables.ColumnValue(column, "s." + column))
                            .toList(),
                    same("t", "s")));
            session.execute("RELEASE SAVEPOINT sluice_gone");
        } catch (ProblemException failure) {
            if (failure.problem().kind() != ProblemKind.DATA) {
                throw failure;
            }
            session.execute("ROLLBACK TO SAVEPOINT sluice_gone");
            session.execute("RELEASE SAVEPOINT sluice_gone");
            if (to - from == 1) {
                refusal = refusal == null ? failure.problem().message() : refusal;
            } else {
                long middle = (from + to) >>> 1;
                remove(session, from, middle);
                remove(session, middle, to);
            }
        }
    }

    /** The keys that were not met, those with the numbers of a range, as s. */
    private String numbered(long from, long to) {
        return "(SELECT * FROM (SELECT o.*, row_number() OVER (ORDER BY " + all("o") + ") AS " + nth + " FROM " + keys
                + " AS o WHERE o." + met + " < " + generation + ") AS n WHERE " + nth + " >= " + from + " AND " + nth
                + " < " + to + ") AS s";
    }

    private String all(String alias) {
        return key.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    private String same(String one, String other) {
        return key.stream()
                .map(column -> one + "." + column + " = " + other + "." + column)
                .collect(Collectors.joining(" AND "));
    }
}
