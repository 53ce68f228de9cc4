package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.Optional;

/**
 * What the log tells of a row as it was before an update or a delete.
 *
 * @param full true if it tells all columns
 * @param columns the columns that it tells
 * @param storesApart true if the table may hold values that the server stores apart
 * @param hasComputed true if it contains columns that the server computes, which the log does not tell
 */
record ReplicaIdentity(boolean full, List<String> columns, boolean storesApart, boolean hasComputed) {
    static ReplicaIdentity of(PgSession session, LogTable table) {
        SqlRow row = session.query("""
            SELECT c.relreplident = 'f', c.reltoastrelid <> 0,
                   coalesce((SELECT json_agg(a.attname)
                      FROM pg_index AS i
                     CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
                      JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                     WHERE i.indrelid = c.oid AND k.place <= i.indnkeyatts
                       AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident
                                               ELSE false END), '[]')::text,
                   EXISTS (SELECT 1 FROM pg_attribute AS a
                            WHERE a.attrelid = c.oid AND a.attgenerated <> '' AND NOT a.attisdropped
                              AND (c.relreplident = 'f' OR EXISTS (
                                  SELECT 1 FROM pg_index AS i
                                   WHERE i.indrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
                                     AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                                             ELSE i.indisreplident END)))
              FROM pg_class AS c WHERE c.oid = ?::int8::oid\
            """, table.oid()).getFirst();
        List<String> columns = Json.read(row.requireText(2)) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new ReplicaIdentity(row.truth(0), columns, row.truth(1), row.truth(3));
    }

    /** Why changes of the table could not be told apart; empty if they can. */
    Optional<Problem> problem(LogTable table, StreamRead read) {
        String toFull = "ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL";
        if (hasComputed) {
            return Optional.of(PgLogProblems.identity(
                            table.stream(),
                            "the replica identity of the table has columns that the server computes",
                            "let a primary key or a unique index without them be the replica identity"))
                    .map(problem -> problem.because("the server would refuse each update of the table"));
        }
        if (full) {
            return Optional.empty();
        }
        if (columns.isEmpty()) {
            return Optional.of(PgLogProblems.identity(
                    table.stream(),
                    "the table has neither a primary key nor another replica identity",
                    "ALTER TABLE " + table.quoted() + " ADD PRIMARY KEY (...), or " + toFull));
        }
        List<String> missing = read.primaryKey().stream()
                .map(path -> path.column())
                .filter(column -> read.deduplicated() && !columns.contains(column))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(PgLogProblems.identity(
                        table.stream(),
                        "of a deleted row the log tells " + String.join(", ", columns) + ", and the key is by "
                                + String.join(", ", missing),
                        toFull + ", or REPLICA IDENTITY USING INDEX with the unique index of the key"));
    }
}
