package dev.sluice.connector.file.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Types of Parquet columns, alone and of several files. */
class ParquetTypesTest {
    private static final DataType INT32 = new DataType.IntType(32);
    private static final DataType INT64 = new DataType.IntType(64);
    private static final DataType TEXT = new DataType.TextType();

    private static DataType decimal(int precision, int scale) {
        return new DataType.DecimalType(precision, scale);
    }

    private static void common(DataType one, DataType other, DataType both) {
        assertThat(ParquetTypes.common(one, other)).contains(both);
        assertThat(ParquetTypes.common(other, one)).contains(both);
    }

    private static void nothing(DataType one, DataType other) {
        assertThat(ParquetTypes.common(one, other)).isEqualTo(Optional.empty());
        assertThat(ParquetTypes.common(other, one)).isEqualTo(Optional.empty());
    }

    @Test
    void whatHoldsBothExactlyIsTheirCommonType() {
        common(TEXT, TEXT, TEXT);
        common(INT32, INT64, INT64);
        common(new DataType.IntType(8), INT32, INT32);
        common(new DataType.FloatType(32), new DataType.FloatType(64), new DataType.FloatType(64));
        common(decimal(9, 2), decimal(12, 4), decimal(12, 4));
        common(decimal(9, 2), decimal(9, 4), decimal(11, 4));
        common(decimal(4, 1), INT64, decimal(20, 1));
        common(
                new DataType.TimestampType(3, true),
                new DataType.TimestampType(9, true),
                new DataType.TimestampType(9, true));
        common(new DataType.TimeType(3, false), new DataType.TimeType(6, false), new DataType.TimeType(6, false));
    }

    @Test
    void whatWouldLoseSomethingHasNone() {
        nothing(TEXT, INT32);
        nothing(INT64, new DataType.FloatType(64));
        nothing(decimal(38, 0), decimal(38, 10));
        nothing(new DataType.TimestampType(6, true), new DataType.TimestampType(6, false));
        nothing(new DataType.DateType(), new DataType.TimestampType(6, false));
        nothing(new DataType.ArrayType(INT32), new DataType.ArrayType(INT64));
        nothing(new DataType.ObjectType(List.of()), new DataType.JsonType());
    }

    @Test
    void millisecondsAreToldByEitherAnnotation() {
        DataType micros = new DataType.TimestampType(6, true);
        DataType millis = new DataType.TimestampType(3, true);
        assertThat(ParquetTypes.exact(micros, "", "TIMESTAMP_MILLIS")).isEqualTo(millis);
        assertThat(ParquetTypes.exact(
                        micros,
                        "TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=MilliSeconds(), MICROS=<null>,"
                                + " NANOS=<null>))",
                        ""))
                .isEqualTo(millis);
        assertThat(ParquetTypes.exact(
                        micros,
                        "TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(),"
                                + " NANOS=<null>))",
                        "TIMESTAMP_MICROS"))
                .isEqualTo(micros);
        assertThat(ParquetTypes.exact(new DataType.TimeType(6, false), "", "TIME_MILLIS"))
                .isEqualTo(new DataType.TimeType(3, false));
        assertThat(ParquetTypes.exact(INT64, "", "INT_64")).isEqualTo(INT64);
    }

    @Test
    void rowGroupsAreBundledToParts() {
        ParquetFacts facts = new ParquetFacts(
                List.of(),
                List.of(
                        new ParquetFacts.Group(10, 60),
                        new ParquetFacts.Group(0, 500),
                        new ParquetFacts.Group(10, 60),
                        new ParquetFacts.Group(5, 1)),
                true);
        assertThat(facts.rows()).isEqualTo(25);
        assertThat(facts.parts(100))
                .containsExactly(new ParquetFacts.Part(0, 10, 560), new ParquetFacts.Part(10, 25, 61));
        assertThat(facts.parts(1))
                .containsExactly(
                        new ParquetFacts.Part(0, 10, 60),
                        new ParquetFacts.Part(10, 20, 560),
                        new ParquetFacts.Part(20, 25, 1));
        assertThat(new ParquetFacts(List.of(), List.of(new ParquetFacts.Group(0, 9)), true).parts(1))
                .isEmpty();
    }
}
