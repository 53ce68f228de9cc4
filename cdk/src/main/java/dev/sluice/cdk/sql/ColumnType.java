package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.Fit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The column type for a type of values.
 *
 * @param sql the type in the database's words
 * @param fit how well the values fit
 * @param note what a person should know; null if nothing
 */
public record ColumnType(String sql, Fit fit, @Nullable String note) {
    public ColumnType {
        Objects.requireNonNull(sql);
        Objects.requireNonNull(fit);
    }

    /** A type that holds each value as it is. */
    public static ColumnType exact(String sql) {
        return new ColumnType(sql, Fit.EXACT, null);
    }

    /** A type that holds each value in a wider form. */
    public static ColumnType widened(String sql, String note) {
        return new ColumnType(sql, Fit.WIDENED, note);
    }
}
