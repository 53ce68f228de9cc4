package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeDecoderTest {
    @Test
    void secondsBeyondTheRangeOfMicrosecondsAreNullAndNoted() {
        Field field = new Field("at", new DataType.TimestampType(0, false));
        ResultColumn column = new ResultColumn(field, TypeId.TIMESTAMP_S, ResultColumn.Conversion.NONE, false);
        List<ValueChange> changes = new ArrayList<>();
        LongColumn.Builder builder = new LongColumn.Builder(4);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seconds =
                    arena.allocateFrom(JAVA_LONG, -1, 9_223_372_036_855L, Long.MAX_VALUE, -9_223_372_036_854L);
            VectorDecoder.Slice slice = new VectorDecoder.Slice(seconds.address(), 0, 0, 4, 10);
            TimeDecoder.coarse(column, slice, builder, changes);
        }

        LongColumn result = builder.build();
        assertThat(result.values()).startsWith(-1_000_000, 0, Long.MAX_VALUE, -9_223_372_036_854_000_000L);
        assertThat(result.isNull(1)).isTrue();
        assertThat(changes)
                .containsExactly(new ValueChange(
                        11, "at", ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION));
    }
}
