package dev.sluice.spi.data;

import java.util.Objects;

/**
 * A value that arrives at the destination other than it was at the source; it ends in {@code _airbyte_meta.changes}.
 *
 * @param row the row in its batch, counted from 0
 * @param field the name of the field
 * @param change what was done to the value
 * @param reason why
 */
public record ValueChange(int row, String field, Change change, Reason reason) {
    public ValueChange {
        Objects.requireNonNull(field);
        Objects.requireNonNull(change);
        Objects.requireNonNull(reason);
    }

    /** What was done to a value, in the words of the Airbyte protocol 0.18.0. */
    public enum Change {
        /** The value is null now. */
        NULLED,
        /** A part of the value is missing now. */
        TRUNCATED
    }

    /** Why a value was changed, in the words of the Airbyte protocol 0.18.0. */
    public enum Reason {
        SOURCE_RECORD_SIZE_LIMITATION,
        SOURCE_FIELD_SIZE_LIMITATION,
        SOURCE_SERIALIZATION_ERROR,
        SOURCE_RETRIEVAL_ERROR,
        PLATFORM_RECORD_SIZE_LIMITATION,
        PLATFORM_FIELD_SIZE_LIMITATION,
        PLATFORM_SERIALIZATION_ERROR,
        DESTINATION_RECORD_SIZE_LIMITATION,
        DESTINATION_FIELD_SIZE_LIMITATION,
        DESTINATION_SERIALIZATION_ERROR,
        DESTINATION_TYPECAST_ERROR
    }
}
