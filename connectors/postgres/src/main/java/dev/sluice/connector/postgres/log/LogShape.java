package dev.sluice.connector.postgres.log;

import dev.sluice.connector.postgres.copy.CopyFormat;
import dev.sluice.connector.postgres.copy.LogColumn;
import dev.sluice.connector.postgres.copy.WireInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table at a place in the log.
 *
 * @param columns the columns, in the order in which tuples have them
 */
record LogShape(List<Column> columns) {
    /**
     * A column.
     *
     * @param name its name
     * @param isKey true if the log tells it of a row as it was before
     * @param typeOid the number of its type
     * @param modifier the modifier of the type
     */
    record Column(String name, boolean isKey, long typeOid, int modifier) {
        /** True if its values are what those of a column of now would be. */
        boolean isLike(LogColumn now) {
            boolean isText = now.format() == CopyFormat.TEXT || now.format() == CopyFormat.JSONB;
            return typeOid == now.typeOid() && (isText || modifier == now.modifier());
        }
    }

    /** Reads what the server says of a table, after its number. */
    static LogShape read(WireInput in) throws IOException {
        in.readText();
        in.readText();
        in.readByte();
        int count = in.readShort();
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean isKey = (in.readByte() & 1) != 0;
            String name = in.readText();
            columns.add(new Column(name, isKey, Integer.toUnsignedLong(in.readInt()), in.readInt()));
        }
        return new LogShape(columns);
    }

    /** The place of a column in tuples; below 0 if it is not there. */
    int place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
