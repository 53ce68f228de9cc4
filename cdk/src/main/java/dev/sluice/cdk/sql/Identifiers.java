package dev.sluice.cdk.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Turns the names of streams and fields into identifiers of a database.
 *
 * <p>A name keeps its characters. One that is too long keeps its beginning and gets six hexadecimal digits of its
 * digest, so that it is the same at each run whatever other names there are; so does one with characters that the
 * database can have in no name. Of two names that the database cannot tell
 * apart, the later one gets {@code _1}, {@code _2} and so on.
 */
final class Identifiers {
    private static final int DIGEST_DIGITS = 6;

    private final SqlDialect dialect;
    private final Set<String> taken = new HashSet<>();

    Identifiers(SqlDialect dialect) {
        this.dialect = dialect;
    }

    /** An identifier for a name that nothing else in its scope competes with. */
    static String fit(String name, SqlDialect dialect) {
        return fit(name, dialect.legal(name), dialect.maxIdentifierBytes());
    }

    /** An identifier for a name, different from all that this object gave out before. */
    String unique(String name) {
        String fitting = fit(name, dialect);
        String candidate = fitting;
        for (int i = 1; !taken.add(folded(candidate)); i++) {
            String suffix = "_" + i;
            candidate = head(fitting, dialect.maxIdentifierBytes() - suffix.length()) + suffix;
        }
        return candidate;
    }

    /** The form in which the database compares an identifier. */
    static String folded(String identifier, SqlDialect dialect) {
        return dialect.folded(identifier);
    }

    /** The name by which a table is known: the same for all names that the database takes for that table. */
    static TableName identity(TableName table, SqlDialect dialect) {
        return new TableName(folded(table.schema(), dialect), folded(table.table(), dialect));
    }

    private String folded(String identifier) {
        return folded(identifier, dialect);
    }

    private static String fit(String name, String legal, int maxBytes) {
        if (legal.equals(name) && name.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
            return name;
        }
        String suffix = "_" + digest(name).substring(0, DIGEST_DIGITS);
        return head(legal, maxBytes - suffix.length()) + suffix;
    }

    /** The longest beginning of a text that takes at most so many bytes and cuts no character. */
    private static String head(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            int width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes + width > maxBytes) {
                break;
            }
            bytes += width;
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }

    /** A digest that names things; not for security. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
