package dev.sluice.engine.connection;

import dev.sluice.spi.catalog.FieldPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for a stream, or for all streams that a pattern matches.
 *
 * @param pattern the stream as {@code namespace.name} or {@code name}; {@code *} stands for any characters
 * @param mode the sync mode; null to let the planner choose
 * @param cursor the field that tells what is new; null to take the source's
 * @param primaryKey the fields that tell rows apart; empty to take the source's
 * @param fields which fields are copied
 * @param alias the name at the destination in place of the source's; null to keep it
 * @param rows what may become of its rows on their way
 */
public record StreamSettings(
        String pattern,
        @Nullable StreamMode mode,
        @Nullable FieldPath cursor,
        List<FieldPath> primaryKey,
        FieldSelection fields,
        @Nullable String alias,
        RowRules rows) {
    public StreamSettings {
        Objects.requireNonNull(pattern);
        Objects.requireNonNull(fields);
        Objects.requireNonNull(rows);
        primaryKey = List.copyOf(primaryKey);
    }

    /** Everything as the source proposes it. */
    public static StreamSettings of(String pattern) {
        return new StreamSettings(pattern, null, null, List.of(), new FieldSelection.All(), null, RowRules.USUAL);
    }

    /** The same with other rules for its rows. */
    public StreamSettings with(RowRules others) {
        return new StreamSettings(pattern, mode, cursor, primaryKey, fields, alias, others);
    }

    /** True if the pattern may match more than one stream. */
    public boolean isGlob() {
        return pattern.indexOf('*') >= 0;
    }
}
