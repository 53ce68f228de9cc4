package dev.sluice.connector.file.destination.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.files.RowFiles;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.BatchMaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines themselves, byte by byte. */
class LinesTest {
    private static final Field ID = new Field("id", new DataType.IntType(64));
    private static final Field NAME = new Field("name", new DataType.TextType());
    private static final Schema TWO = Schema.of(ID, NAME);
    private static final TextFormat CSV = new TextFormat(new TextFormat.Notation.Csv(',', true), Compression.NONE);
    private static final TextFormat JSON = new TextFormat(new TextFormat.Notation.JsonLines(), Compression.NONE);

    private static String print(TextFormat format, ColumnLayout columns, RecordBatch... batches) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowFiles lines = format.print(columns, new Generation(4, 0, 17), out, Clock.systemUTC())) {
            for (RecordBatch batch : batches) {
                lines.write(batch);
            }
            lines.prepare();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String print(TextFormat format, Schema schema, RecordBatch... batches) {
        return print(format, ColumnLayout.create(schema, format.types(), false), batches);
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        String text = print(
                CSV,
                TWO,
                BatchMaker.of(TWO)
                        .row(1, "plain")
                        .row(2, "a,b")
                        .row(3, "say \"hi\"")
                        .row(4, "two\nlines")
                        .row(5, "return\r")
                        .row(6, "long enough for eight bytes, and a comma")
                        .row(7, "semi;colon and 'quote'")
                        .build());
        assertThat(text)
                .isEqualTo("id,name\n1,plain\n2,\"a,b\"\n3,\"say \"\"hi\"\"\"\n4,\"two\nlines\"\n5,\"return\r\"\n"
                        + "6,\"long enough for eight bytes, and a comma\"\n7,semi;colon and 'quote'\n");
    }

    @Test
    void csvTellsNothingFromAnEmptyText() {
        String text = print(
                CSV,
                TWO,
                BatchMaker.of(TWO)
                        .row(1, "")
                        .row(2, null)
                        .row(new @Nullable Object[] {null, null})
                        .row(new @Nullable Object[] {null, "x"})
                        .build());
        assertThat(text).isEqualTo("id,name\n1,\"\"\n2,\n,\n,x\n");
    }

    @Test
    void csvTakesOtherDelimitersAndLeavesTheHeaderOut() {
        TextFormat tabs = new TextFormat(new TextFormat.Notation.Csv('\t', false), Compression.NONE);
        assertThat(tabs.extension()).isEqualTo(".tsv");
        assertThat(print(
                        tabs,
                        TWO,
                        BatchMaker.of(TWO).row(1, "a,b").row(2, "a\tb").build()))
                .isEqualTo("1\ta,b\n2\t\"a\tb\"\n");
    }

    @Test
    void csvQuotesTheNamesOfColumns() {
        Schema odd = Schema.of(new Field("a,b", new DataType.TextType()), new Field("\"q\"", new DataType.TextType()));
        assertThat(print(CSV, odd)).isEqualTo("\"a,b\",\"\"\"q\"\"\"\n");
    }

    @Test
    void jsonHasNativeValues() {
        Schema schema = Schema.of(
                ID,
                new Field("price", new DataType.DecimalType(12, 2)),
                new Field("large", DataType.DecimalType.unconstrained()),
                new Field("rate", new DataType.FloatType(64)),
                new Field("ok", new DataType.BoolType()),
                new Field("at", new DataType.TimestampType(6, true)),
                new Field("raw", new DataType.BinaryType()));
        String text = print(
                JSON,
                schema,
                BatchMaker.of(schema)
                        .row(
                                1,
                                "10.50",
                                "123456789012345678901234567890.10",
                                0.1,
                                true,
                                "2026-01-02T03:04:05Z",
                                "00ff10")
                        .row(2, "NaN", "-Infinity", "NaN", false, "infinity", "")
                        .row(3, null, null, null, null, null, null)
                        .build());
        assertThat(text)
                .isEqualTo("{\"id\":1,\"price\":10.50,\"large\":123456789012345678901234567890.10,\"rate\":0.1,"
                        + "\"ok\":true,\"at\":\"2026-01-02T03:04:05Z\",\"raw\":\"AP8Q\"}\n"
                        + "{\"id\":2,\"price\":\"NaN\",\"large\":\"-Infinity\",\"rate\":\"NaN\",\"ok\":false,"
                        + "\"at\":\"infinity\",\"raw\":\"\"}\n"
                        + "{\"id\":3,\"price\":null,\"large\":null,\"rate\":null,\"ok\":null,\"at\":null,"
                        + "\"raw\":null}\n");
    }

    @Test
    void jsonDocumentsStandInTheLineAsTheyAre() {
        Schema schema = Schema.of(ID, new Field("doc", new DataType.JsonType()));
        String text = print(
                JSON,
                schema,
                BatchMaker.of(schema)
                        .row(1, "{\"a\": [1,\n 2.50]}")
                        .row(2, "null")
                        .row(3, null)
                        .row(4, "\"line\\nbreak\"")
                        .build());
        assertThat(text)
                .isEqualTo("{\"id\":1,\"doc\":{\"a\": [1,  2.50]}}\n{\"id\":2,\"doc\":null}\n{\"id\":3}\n"
                        + "{\"id\":4,\"doc\":\"line\\nbreak\"}\n");
    }

    @Test
    void whatIsNoDocumentNeverBreaksTheLine() {
        Schema schema = Schema.of(ID, new Field("doc", new DataType.JsonType()));
        String text = print(
                JSON,
                schema,
                BatchMaker.of(schema)
                        .row(1, "{\"a\":1}\n{\"b\":2}")
                        .row(2, "{\"open\":")
                        .row(3, "1,\"id\":9")
                        .build());
        assertThat(text)
                .isEqualTo("{\"id\":1,\"doc\":\"{\\\"a\\\":1}\\n{\\\"b\\\":2}\"}\n"
                        + "{\"id\":2,\"doc\":\"{\\\"open\\\":\"}\n{\"id\":3,\"doc\":\"1,\\\"id\\\":9\"}\n");
    }

    @Test
    void jsonOfRowsWithoutFieldsIsEmptyObjects() {
        assertThat(print(
                        JSON,
                        Schema.of(),
                        BatchMaker.of(Schema.of()).row().row().build()))
                .isEqualTo("{}\n{}\n");
    }

    @Test
    void theMetadataStandsBeforeTheFields() {
        RecordBatch batch = BatchMaker.of(TWO)
                .row(1, "a")
                .row(2, null)
                .change("name", Change.NULLED, Reason.SOURCE_FIELD_SIZE_LIMITATION)
                .build();
        String csv = print(CSV, ColumnLayout.create(TWO, CSV.types(), true), batch);
        String id = "[0-9a-f-]{36}";
        assertThat(csv)
                .matches("_airbyte_raw_id,_airbyte_extracted_at,_airbyte_meta,_airbyte_generation_id,id,name\n"
                        + id + ",20[^,]*Z,\"\\{\"\"sync_id\"\":17,\"\"changes\"\":\\[]}\",4,1,a\n"
                        + id + ",20[^,]*Z,\"\\{\"\"sync_id\"\":17,.*SOURCE_FIELD_SIZE_LIMITATION\"\"}]}\",4,2,\n");
        String json = print(JSON, ColumnLayout.create(TWO, JSON.types(), true), batch);
        assertThat(json.lines().findFirst().orElseThrow())
                .matches("\\{\"_airbyte_raw_id\":\"" + id + "\",\"_airbyte_extracted_at\":\"20[^\"]*Z\","
                        + "\"_airbyte_meta\":\\{\"sync_id\":17,\"changes\":\\[]},\"_airbyte_generation_id\":4,"
                        + "\"id\":1,\"name\":\"a\"}");
    }

    @Test
    void aFieldThatNoLongerComesKeepsItsPlace() {
        List<KnownColumn> known =
                List.of(new KnownColumn("gone", "gone", "text"), new KnownColumn("name", "name", "text"));
        ColumnLayout csv = ColumnLayout.extend(known, TWO, CSV.types(), false, true);
        assertThat(print(CSV, csv, BatchMaker.of(TWO).row(1, "a").build())).isEqualTo("gone,name,id\n,a,1\n");
        ColumnLayout json = ColumnLayout.extend(known, TWO, JSON.types(), false, true);
        assertThat(print(JSON, json, BatchMaker.of(TWO).row(1, "a").build())).isEqualTo("{\"name\":\"a\",\"id\":1}\n");
    }

    /** Long values go out piece by piece; quotes, escapes and characters of several bytes may fall between two pieces. */
    @Test
    void longValuesArriveWhole() {
        String long1 = "\u00E9\"\n,".repeat(100_000);
        String long2 = "x".repeat(LineSink.PIECE) + "\"";
        Schema schema = Schema.of(NAME, new Field("raw", new DataType.BinaryType()));
        String hex = "00ff7f".repeat(60_001);
        String csv = print(
                CSV,
                schema,
                BatchMaker.of(schema).row(long1, hex).row(long2, "").build());
        String base64 = "AP9/".repeat(60_001);
        assertThat(csv)
                .isEqualTo("name,raw\n\"" + long1.replace("\"", "\"\"") + "\"," + base64 + "\n\""
                        + long2.replace("\"", "\"\"") + "\",\"\"\n");
        String json = print(JSON, schema, BatchMaker.of(schema).row(long1, null).build());
        assertThat(json)
                .isEqualTo("{\"name\":\"" + long1.replace("\"", "\\\"").replace("\n", "\\n") + "\",\"raw\":null}\n");
    }

    @Test
    void everyCommitEndsAPieceThatCanBeReadByItself() throws IOException {
        TextFormat gzip = new TextFormat(new TextFormat.Notation.Csv(',', true), Compression.GZIP);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RowFiles lines = gzip.print(
                ColumnLayout.create(TWO, gzip.types(), false), new Generation(1, 0, 1), out, Clock.systemUTC())) {
            lines.write(BatchMaker.of(TWO).row(1, "a").build());
            assertThat(lines.prepare().rows()).isEqualTo(1);
            assertThat(unzipped(out)).isEqualTo("id,name\n1,a\n");
            lines.write(BatchMaker.of(TWO).row(2, "b").row(3, "c").build());
            assertThat(lines.prepare().rows()).isEqualTo(2);
        }
        assertThat(unzipped(out)).isEqualTo("id,name\n1,a\n2,b\n3,c\n");
    }

    private static String unzipped(ByteArrayOutputStream out) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What a pager or {@code head} does when it has seen enough. */
    @Test
    void aReaderThatGoesAwayIsNoFailure() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        RowFiles lines = CSV.print(
                ColumnLayout.create(TWO, CSV.types(), false), new Generation(1, 0, 1), closed, Clock.systemUTC());
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(lines::prepare)
                .satisfies(ended -> assertThat(ended.problem().kind()).isEqualTo(ProblemKind.CANCELLED));
    }
}
