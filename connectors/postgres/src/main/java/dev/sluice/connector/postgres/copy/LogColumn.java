package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.type.Field;

/**
 * A column of a table whose log is read.
 *
 * @param field the field of the stream
 * @param format how the server sends it, once it is as {@code expression} says
 * @param expression what is selected of it by a COPY, in which {@link #PLAIN} stands for the column itself
 * @param typeOid the number of its type in pg_type
 * @param modifier the modifier of the type
 */
public record LogColumn(Field field, CopyFormat format, String expression, long typeOid, int modifier) {
    /** The expression of a column that is selected as it is. */
    public static final String PLAIN = "%s";

    /** True if the server sends it in the log as a COPY would. */
    public boolean isPlain() {
        return expression.equals(PLAIN);
    }

    /** The column of a COPY that gives the same. */
    public CopyColumn copied() {
        return new CopyColumn(field, format);
    }
}
