package dev.sluice.connector.file.destination.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.BatchMaker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which row goes to which folder. */
class PartitionsTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("day", new DataType.DateType()),
            new Field("shop", new DataType.IntType(32)),
            new Field("name", new DataType.TextType()));

    @Test
    void withoutFieldsThereIsOnePlace() {
        Partitions partitions = Partitions.of(List.of(), SCHEMA);
        assertThat(partitions.isSingle()).isTrue();
        assertThat(partitions.folder(0)).isEmpty();
        assertThat(partitions.of(BatchMaker.of(SCHEMA).row("2026-01-02", 1, "a").build()))
                .containsOnly(0);
    }

    @Test
    void equalValuesShareAFolderInEveryBatch() {
        Partitions partitions = Partitions.of(List.of("day", "shop"), SCHEMA);
        RecordBatch first = BatchMaker.of(SCHEMA)
                .row("2026-01-02", 1, "a")
                .row("2026-01-02", 2, "b")
                .row("2026-01-02", 1, "c")
                .build();
        assertThat(partitions.of(first)).containsExactly(0, 1, 0);
        RecordBatch second = BatchMaker.of(SCHEMA)
                .row("2026-01-03", null, "d")
                .row("2026-01-02", 2, "e")
                .build();
        assertThat(partitions.of(second)).containsExactly(2, 1);
        assertThat(partitions.folder(0)).isEqualTo("day=2026-01-02/shop=1/");
        assertThat(partitions.folder(2)).isEqualTo("day=2026-01-03/shop=__HIVE_DEFAULT_PARTITION__/");
    }

    @Test
    void valuesThatLookAlikeAreApart() {
        Partitions partitions = Partitions.of(List.of("name"), SCHEMA);
        List<String> values = List.of("a", "A", "a ", "a/b", "a%2Fb", "..", "", "__HIVE_DEFAULT_PARTITION__");
        BatchMaker batch = BatchMaker.of(SCHEMA);
        values.forEach(value -> batch.row("2026-01-02", 1, value));
        batch.row("2026-01-02", 1, null);
        int[] numbers = partitions.of(batch.build());
        assertThat(numbers).doesNotHaveDuplicates();
        for (int number : numbers) {
            assertThat(partitions.folder(number)).matches("name=[^/]*/").doesNotContain("..");
        }
    }

    @Test
    void aFieldWithADifferentValueInEachRowIsRefusedInTime() {
        Partitions partitions = Partitions.of(List.of("shop"), SCHEMA);
        BatchMaker batch = BatchMaker.of(SCHEMA);
        for (int i = 0; i <= 10_000; i++) {
            batch.row("2026-01-02", i, "a");
        }
        RecordBatch tooMany = batch.build();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> partitions.of(tooMany))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("E_TOO_MANY_PARTITIONS"));
    }
}
