package dev.sluice.connector.mysql.log;

import static dev.sluice.connector.mysql.log.EventBytes.bytes;
import static dev.sluice.connector.mysql.log.EventBytes.hex;
import static dev.sluice.connector.mysql.log.EventBytes.number;
import static dev.sluice.connector.mysql.log.EventBytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.connector.mysql.wire.LogRows;
import dev.sluice.connector.mysql.wire.WireInput;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events as MySQL 8 writes them, by its documentation: no such server runs here. */
final class MySqlEventsTest {
    private static final long MICROS = 1_700_000_000_123_456L;
    private static final int GTID = 33;
    private static final int QUERY = 2;
    private static final int TABLE_MAP = 19;
    private static final int WRITE_ROWS = 30;
    private static final int UPDATE_ROWS = 31;
    private static final int XID = 16;
    private static final StreamId TABLE = StreamId.of("shop", "t");
    private static final DataType MOMENT = new DataType.TimestampType(6, true);

    private final LogTable table = new LogTable(
            "shop",
            "t",
            List.of(
                    new LogColumn(new Field("id", new DataType.IntType(32)), Decoding.NUMBER, "%s"),
                    new LogColumn(new Field("doc", new DataType.JsonType()), Decoding.BYTES, "%s"),
                    new LogColumn(new Field("at", new DataType.TimestampType(3, false)), Decoding.TIMESTAMP, "%s")),
            new LogShape(List.of(
                    new LogShape.Column("id", "int", null, false),
                    new LogShape.Column("doc", "json", null, false),
                    new LogShape.Column("at", "datetime(3)", null, false))));

    private static EventBytes begin(EventBytes log) {
        byte[] committed = bytes(number(MICROS | 1L << 55, 7), number(MICROS, 7));
        return log.add(GTID, new byte[42], committed, new byte[5])
                .add(
                        QUERY,
                        new byte[8],
                        number(4, 1),
                        new byte[2],
                        number(0, 2),
                        text("shop"),
                        new byte[1],
                        text("BEGIN"))
                .add(
                        TABLE_MAP,
                        number(77, 6),
                        number(1, 2),
                        number(4, 1),
                        text("shop"),
                        new byte[1],
                        number(1, 1),
                        text("t"),
                        new byte[1],
                        hex("03 03 f5 12 02 04 03 06"),
                        // The names of the columns, as with binlog_row_metadata = FULL.
                        hex("04 0a 02"),
                        text("id"),
                        number(3, 1),
                        text("doc"),
                        number(2, 1),
                        text("at"));
    }

    private static byte[] row(int id) {
        return bytes(
                hex("00"),
                number(id, 4),
                hex("0d 00 00 00 00 01 00 0c 00 0b 00 01 00 05 07 00 61"),
                hex("99 b2 bb 7e fa 1d e2"));
    }

    private static EventBytes rows(EventBytes log, int type, byte[] content) {
        byte[] present = type == UPDATE_ROWS ? hex("ff ff") : hex("ff");
        // Behind the flags stand the length of further data, and such data.
        return log.add(
                type, number(77, 6), number(1, 2), number(5, 2), hex("00 01 02"), number(3, 1), present, content);
    }

    private LogReading read(EventBytes log) throws IOException {
        LogReading reading = new LogReading(new LogPlace(EventBytes.FILE, 4), log.end(), Set.of(TABLE), false);
        log.fill(reading);
        return reading;
    }

    private List<Row> rows(LogReading reading) throws IOException {
        List<Field> fields = new ArrayList<>();
        table.columns().forEach(column -> fields.add(column.field()));
        fields.add(new Field(ChangeFields.UPDATED_AT, MOMENT));
        Schema schema = new Schema(fields);
        CatalogStream stream = new CatalogStream(
                TABLE, schema, Set.of(SyncMode.INCREMENTAL), Cursor.KEPT_BY_SOURCE, List.of(), true, Estimate.NONE);
        StreamRead read = new StreamRead(stream, schema, SyncMode.INCREMENTAL, null, List.of(FieldPath.of("id")), true);
        TestContext host = new TestContext();
        TestReadContext context = new TestReadContext(BatchSize.DEFAULT);
        LogRows rows = new LogRows(
                fields.stream()
                        .map(field -> new LogRows.LogField(
                                field, table.read(field.name()).decoding(), false))
                        .toList(),
                context,
                host.clock(),
                () -> {
                    throw new IllegalStateException("nothing is asked");
                });
        LogPlace first = new LogPlace(EventBytes.FILE, 4);
        LogRange range = new LogRange(first, first, reading.end(), table.shape(), table.shape());
        LogChanges changes = new LogChanges(
                table,
                read,
                range,
                rows,
                new LogChanges.Server(
                        new Charsets(),
                        () -> {
                            throw new IllegalStateException("nothing is asked");
                        },
                        host));
        long left = reading.get(TABLE).spool().size();
        WireInput in = new WireInput(reading.get(TABLE).spool().open());
        while (left > 0) {
            int length = Integer.reverseBytes((int) in.number(4));
            left -= length + 4L;
            byte kind = (byte) in.number(1);
            LogPlace place = new LogPlace(EventBytes.FILE, in.number(8));
            long micros = in.number(8);
            int rest = length - TableLog.HEADER_BYTES;
            if (kind == TableLog.FILE || kind == TableLog.MAP) {
                byte[] content = new byte[rest];
                in.readFully(content, 0, rest);
                if (kind == TableLog.MAP) {
                    changes.map(LogMap.read(content));
                }
                continue;
            }
            changes.event(place, micros);
            int present = kind == TableLog.UPDATE ? 3 : 2;
            in.skipFully(present);
            for (long more = (long) rest - present; more > 0; ) {
                more -= changes.read(kind, in, false, context, true);
            }
        }
        return rows.isEmpty() ? List.of() : Rows.of(rows.build());
    }

    @Test
    void rowsAreReadWithDocumentsAndTimes() throws IOException {
        EventBytes log = begin(new EventBytes());
        rows(log, WRITE_ROWS, bytes(row(7), row(8)));
        rows(log, UPDATE_ROWS, bytes(row(8), row(9))).add(XID, number(1, 8));
        try (LogReading reading = read(log)) {
            String rest = ", {\"a\": 7}, 2024-02-29T23:59:58.765, 2023-11-14T22:13:20.123456Z]";
            assertThat(rows(reading))
                    .extracting(row -> row.operation() + " " + row.values())
                    .containsExactly(
                            "INSERT [7" + rest,
                            "INSERT [8" + rest,
                            "DELETE [8, null, null, 2023-11-14T22:13:20.123456Z]",
                            "INSERT [9" + rest);
        }
    }

    @Test
    void aTransactionThatIsRolledBackIsTakenBack() throws IOException {
        EventBytes log = begin(new EventBytes());
        rows(log, WRITE_ROWS, row(7))
                .add(
                        QUERY,
                        new byte[8],
                        number(4, 1),
                        new byte[2],
                        number(0, 2),
                        text("shop"),
                        new byte[1],
                        text("ROLLBACK"));
        begin(log);
        rows(log, WRITE_ROWS, row(8)).add(XID, number(1, 8));
        try (LogReading reading = read(log)) {
            assertThat(rows(reading)).extracting(row -> row.value(0)).containsExactly("8");
        }
    }

    @Test
    void whatCannotBeReadStopsTheStream() throws IOException {
        EventBytes log = begin(new EventBytes());
        log.add(39, number(77, 6), number(1, 2), number(2, 2), hex("03 ff ff 00"))
                .add(XID, number(1, 8))
                .add(26, number(1, 2), hex("00"))
                .add(99, hex("00"))
                .add(38, number(0, 1), number(1, 4), number(1, 4), number(0, 4), text("x"))
                .add(
                        QUERY,
                        new byte[8],
                        number(0, 1),
                        new byte[2],
                        number(0, 2),
                        new byte[1],
                        text("XA COMMIT X'78',X'',1"))
                .add(
                        QUERY,
                        new byte[8],
                        number(0, 1),
                        new byte[2],
                        number(0, 2),
                        new byte[1],
                        text("XA COMMIT X'79',X'',1"));
        try (LogReading reading = read(log)) {
            assertThat(reading.get(TABLE).marks())
                    .extracting(Mark::stop)
                    .containsExactly(Stop.PARTIAL, Stop.BROKEN, Stop.BROKEN, Stop.XA);
        }
    }

    @Test
    void aCompressedTransactionThatCannotBeUnpackedIsRefused() {
        // Another way of compression, no size, and a size that is less than what there is.
        for (String payload :
                List.of("02 01 07 03 01 10 00 01 02", "02 01 00 00 01 02", "02 01 ff 01 01 03 00 01 02")) {
            EventBytes log = begin(new EventBytes()).add(40, hex(payload));
            assertThatThrownBy(() -> read(log)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatWasDamagedOrCutOffIsNotTakenForTheLog() throws IOException {
        EventBytes whole = begin(new EventBytes());
        rows(whole, WRITE_ROWS, row(7));
        assertThatThrownBy(() -> read(whole.damaged(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
        EventBytes cut = begin(new EventBytes());
        LogPlace behind = new LogPlace(EventBytes.FILE, cut.end().at() + 50);
        try (LogReading reading = new LogReading(new LogPlace(EventBytes.FILE, 4), behind, Set.of(TABLE), false)) {
            assertThatThrownBy(() -> cut.fill(reading))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended at");
        }
    }
}
