package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Redactor;
import dev.sluice.engine.run.Preview;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shown of rows that are wider than the terminal. */
class PreviewTableTest {
    private static String shown(int width, boolean brief, String... names) {
        Schema schema = new Schema(Stream.of(names)
                .map(name -> new Field(name, new DataType.TextType()))
                .toList());
        BatchBuilder batch = new BatchBuilder(schema, BatchSize.DEFAULT);
        for (int i = 0; i < names.length; i++) {
            ((BytesColumn.Builder) batch.column(i)).append("of " + names[i]);
        }
        batch.endRow();
        Preview preview = new Preview(List.of(batch.build(0)), List.of(), 0);
        return new PreviewTable(StreamId.of("orders"), schema, preview, 5)
                .lines(Look.BARE, width, brief).stream()
                        .map(line -> line.render(Look.BARE, new Redactor()))
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void metadataIsForPrograms() {
        assertThat(shown(80, false, "_airbyte_raw_id", "id", "_airbyte_meta"))
                .contains("3 fields (2 of metadata left out)", "of id")
                .doesNotContain("_airbyte_");
        assertThat(shown(80, false, "_airbyte_raw_id")).contains("of _airbyte_raw_id");
    }

    @Test
    void aWideRowStandsBelowEachOtherIfItIsTheOnlyOne() {
        String text = shown(30, false, "first", "second", "third", "fourth");
        assertThat(text).contains("row 1", "of first", "of fourth");
        assertThat(text.lines().skip(1))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(30));
    }

    @Test
    void besideOthersItShowsTheFieldsThatFit() {
        String text = shown(30, true, "first", "second", "third", "fourth");
        assertThat(text)
                .contains("of first", "of second", "no room for 1: name the stream with --stream")
                .doesNotContain("row 1", "of fourth");
        assertThat(shown(80, true, "first", "second")).doesNotContain("no room");
        assertThat(shown(5, true, "first", "second"))
                .as("not even one fits")
                .contains("first", "se")
                .doesNotContain("no room");
    }
}
