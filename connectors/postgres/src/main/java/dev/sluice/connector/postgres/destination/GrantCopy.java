package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.postgres.session.Quoting;

/** Gives a staged table the privileges that others were granted on the table which it replaces. */
final class GrantCopy {
    private GrantCopy() {}

    /**
     * An anonymous block that repeats the grants of the old table's access list (aclexplode). Those of the owner come
     * with the new table; a grant that this role may not pass on is left out with a warning of the server.
     */
    static String statement(TableName staged, TableName target) {
        String block = """
            DECLARE
                granted record;
            BEGIN
                FOR granted IN
                    SELECT acl.privilege_type, acl.is_grantable,
                           CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(role.rolname) END AS grantee
                      FROM pg_catalog.pg_class AS old
                      JOIN pg_catalog.pg_namespace AS space ON space.oid = old.relnamespace
                     CROSS JOIN LATERAL pg_catalog.aclexplode(old.relacl) AS acl
                      LEFT JOIN pg_catalog.pg_roles AS role ON role.oid = acl.grantee
                     WHERE space.nspname = %s AND old.relname = %s AND acl.grantee <> old.relowner
                LOOP
                    BEGIN
                        EXECUTE format('GRANT %%s ON %%s TO %%s%%s', granted.privilege_type, %s, granted.grantee,
                                       CASE WHEN granted.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
                    EXCEPTION WHEN insufficient_privilege OR undefined_object THEN
                        RAISE WARNING 'a privilege of the replaced table could not be kept: %%', SQLERRM;
                    END;
                END LOOP;
            END\
            """.formatted(
                Quoting.literal(target.schema()),
                Quoting.literal(target.table()),
                Quoting.literal(Quoting.identifier(staged.schema()) + "." + Quoting.identifier(staged.table())));
        return "DO " + Quoting.literal(block);
    }
}
