package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a table belongs to a publication. A table that was taken out and put in again belongs to it otherwise than before,
 * and what happened in between was not told.
 *
 * @param isThere true if there is such a publication
 * @param member what tells this membership from an earlier one; null if the table does not belong to it
 * @param partial why it would not tell everything; null if it tells all
 */
record Membership(
        boolean isThere, @Nullable String member, @Nullable String partial) {
    static Membership of(PgSession session, String publication, LogTable table) {
        List<SqlRow> rows = session.query("""
            SELECT CASE WHEN p.puballtables THEN 'all' ELSE coalesce(r.oid::text, s.part) END,
                   p.oid::text,
                   CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate)
                        THEN 'it does not tell of each kind of change'
                        WHEN to_jsonb(r) ->> 'prqual' IS NOT NULL THEN 'it leaves out rows'
                        WHEN to_jsonb(r) ->> 'prattrs' IS NOT NULL THEN 'it leaves out columns' END
              FROM pg_publication AS p
              LEFT JOIN pg_publication_rel AS r ON r.prpubid = p.oid AND r.prrelid = ?::int8::oid
              LEFT JOIN LATERAL (
                    SELECT 'schema' AS part FROM pg_publication_tables AS t
                     WHERE t.pubname = p.pubname AND t.schemaname = ? AND t.tablename = ?) AS s ON true
             WHERE p.pubname = ?\
            """, table.oid(), table.schema(), table.name(), publication);
        if (rows.isEmpty()) {
            return new Membership(false, null, null);
        }
        SqlRow row = rows.getFirst();
        String part = row.text(0);
        return new Membership(true, part == null ? null : row.requireText(1) + "/" + part, row.text(2));
    }

    /** Why the log would not tell all of the table's changes; empty if it does. */
    Optional<Problem> problem(String publication, LogTable table) {
        String name = Quoting.identifier(publication);
        if (!isThere) {
            return Optional.of(PgLogProblems.publication(
                    table.stream(),
                    "there is no publication " + publication,
                    "CREATE PUBLICATION " + name + " FOR TABLE ONLY " + table.quoted()));
        }
        if (partial != null) {
            return Optional.of(PgLogProblems.publication(
                            table.stream(),
                            "the publication " + publication + " does not tell everything",
                            "ALTER PUBLICATION " + name + " SET (publish = 'insert, update, delete, truncate'), and"
                                    + " leave out no rows and no columns of the table")
                    .because(partial));
        }
        if (member == null) {
            return Optional.of(PgLogProblems.publication(
                    table.stream(),
                    "the table is not in the publication " + publication,
                    "ALTER PUBLICATION " + name + " ADD TABLE ONLY " + table.quoted()));
        }
        return Optional.empty();
    }
}
