package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.session.PgSession;

/**
 * What a position belongs to (I4): the cluster as initdb numbered it, its timeline, the database, and the table as it was
 * created. After a promotion to a new timeline transaction ids may be used again, so positions cannot be compared.
 */
final class ServerIdentity {
    private ServerIdentity() {}

    static String of(PgSession session, Relation relation) {
        SqlRow row = session.query("""
            SELECT (SELECT system_identifier::text FROM pg_control_system()),
                   (SELECT timeline_id::text FROM pg_control_checkpoint()),
                   (SELECT oid::text FROM pg_database WHERE datname = current_database())\
            """).getFirst();
        return "postgres:" + row.text(0) + "/" + row.text(1) + "/" + row.text(2) + "/" + relation.oid();
    }
}
