package dev.sluice.connector.mysql.session;

import dev.sluice.cdk.sql.SqlNames;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Quotes identifiers and texts for statements: the only place of this connector that does. */
public final class Quoting {
    private Quoting() {}

    /**
     * An identifier, whatever its characters.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it is empty or holds a NUL character, which no identifier can
     */
    public static String identifier(String name) {
        return '`' + SqlNames.required(name, "MySQL").replace("`", "``") + '`';
    }

    /** The name of a table with its database. */
    public static String table(String database, String table) {
        return identifier(database) + "." + identifier(table);
    }

    /** A text constant, whatever its characters and whatever sql_mode says of backslashes. */
    public static String literal(String text) {
        return text.isEmpty() ? "_utf8mb4''" : "_utf8mb4 " + bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A constant of bytes. */
    public static String bytes(byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
}
