package dev.sluice.connector.postgres.source;

import dev.sluice.connector.postgres.session.Quoting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are read, by the transactions that wrote them and by the cursor.
 *
 * <p>The server compares 32-bit transaction ids by their age, which is safe against wrap-around as long as the bounds are
 * less than 2^31 transactions old.
 *
 * @param fromXid rows of older transactions are left out, as they were delivered before; null for all
 * @param toXid rows of this transaction and later ones are left for the next read; null for all
 * @param cursor the cursor column; null if its value does not matter
 * @param fromCursor rows with a smaller value are left out, but rows without a value are not; null for all
 * @param cursorType the type in which the server reads {@code fromCursor}
 */
record RowWindow(
        @Nullable Long fromXid,
        @Nullable Long toXid,
        @Nullable String cursor,
        @Nullable String fromCursor,
        @Nullable String cursorType) {
    static final RowWindow ALL = new RowWindow(null, null, null, null, null);

    private static final long XID_MASK = 0xFFFF_FFFFL;

    /** The conditions in SQL, on a table with this alias. */
    List<String> conditions(String alias) {
        List<String> conditions = new ArrayList<>();
        if (fromXid != null) {
            // Frozen rows of long ago may show an age below zero.
            conditions.add("age(" + alias + ".xmin) <= " + age(fromXid) + " AND age(" + alias + ".xmin) >= 0");
        }
        if (toXid != null) {
            conditions.add("age(" + alias + ".xmin) > " + age(toXid));
        }
        if (cursor != null && fromCursor != null) {
            String column = alias + "." + Quoting.identifier(cursor);
            conditions.add("(" + column + " >= " + Quoting.literal(fromCursor) + "::" + cursorType + " OR " + column
                    + " IS NULL)");
        }
        return conditions;
    }

    private static String age(long xid) {
        return "age('" + (xid & XID_MASK) + "'::xid)";
    }
}
