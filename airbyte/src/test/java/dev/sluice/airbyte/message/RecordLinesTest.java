package dev.sluice.airbyte.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows as messages: each line is JSON, whatever the values are. */
final class RecordLinesTest {
    @Test
    void numbersThatAreNoneBecomeNullAndAreMarkedHoweverTheyAreHeld() {
        Schema schema = Schema.of(
                new Field("narrow", new DataType.DecimalType(5, 2)),
                new Field("wide", new DataType.DecimalType(38, 9)),
                new Field("free", DataType.DecimalType.unconstrained()),
                new Field("binary", new DataType.FloatType(64)));
        RecordBatch batch = BatchMaker.of(schema)
                .row("NaN", "NaN", "NaN", "NaN")
                .row("1.50", "2.000000001", "-3", "4.5")
                .row(Row.of(null, null, null, null))
                .build();
        RecordLines lines = new RecordLines(StreamId.of("s"), schema);
        List<ValueChange> misfits = lines.misfits(batch);
        assertThat(misfits).extracting(ValueChange::field).containsExactly("narrow", "wide", "free", "binary");
        assertThat(misfits).allMatch(each -> each.row() == 0);
        lines.bind(batch, misfits);
        assertThat(line(lines, 0)).contains("{\"narrow\":null,\"wide\":null,\"free\":null,\"binary\":null}");
        assertThat(line(lines, 1)).contains("{\"narrow\":1.50,\"wide\":2.000000001,\"free\":-3,\"binary\":4.5}");
        assertThat(line(lines, 2)).contains("{\"narrow\":null,\"wide\":null,\"free\":null,\"binary\":null}");
    }

    private static String line(RecordLines lines, int row) {
        ByteSink out = new ByteSink(64);
        lines.append(out, row);
        Map<String, ?> message = Json.readObject(out.toString());
        assertThat(message).containsKey("record");
        return out.toString();
    }
}
