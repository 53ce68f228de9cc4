package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.type.DataType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When rows came and changed, in microseconds since 1970.
 *
 * <p>All of version 0 lies in the years from 2020 to 2024. Each later version has the next hour for itself, so a moment
 * of a later version is greater than all of those before it, and {@code updated_at} is a cursor.
 */
final class Moments {
    static final DataType TYPE = new DataType.TimestampType(6, true);

    private static final long BEGIN = micros("2020-01-01T00:00:00Z");
    private static final long END = micros("2025-01-01T00:00:00Z");
    private static final long HOUR = micros(Duration.ofHours(1));
    private static final int CREATED = "created_at".hashCode();
    private static final int UPDATED = SampleStream.CURSOR.hashCode();

    private Moments() {}

    static long micros(String moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(moment));
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    static SampleColumn created(History history) {
        return SampleColumn.needed(
                "created_at",
                TYPE,
                (out, draft, chunk, row) ->
                        ((LongColumn.Builder) out).append(created(draft, chunk, row, history.birth(chunk.id(row)))));
    }

    static SampleColumn updated(History history) {
        return SampleColumn.needed(SampleStream.CURSOR, TYPE, (out, draft, chunk, row) -> {
            int birth = history.birth(chunk.id(row));
            long created = created(draft, chunk, row, birth);
            ((LongColumn.Builder) out).append(updated(draft, chunk, row, birth, created));
        });
    }

    /** When a row came. */
    static long created(Draft draft, Chunk chunk, int row, int birth) {
        return within(draft.begin(chunk.steady(row), CREATED), birth);
    }

    private static long updated(Draft draft, Chunk chunk, int row, int birth, long created) {
        int version = chunk.version(row);
        draft.begin(chunk.current(row), UPDATED);
        if (version > birth) {
            return within(draft, version);
        }
        // Half of the rows have not been touched since they came, the others later in the same time.
        long end = birth == 0 ? END : END + birth * HOUR;
        return draft.oneIn(2) ? created : draft.between(created, end - 1);
    }

    private static long within(Draft draft, int version) {
        return version == 0 ? draft.between(BEGIN, END - 1) : END + (version - 1) * HOUR + draft.below(HOUR);
    }
}
