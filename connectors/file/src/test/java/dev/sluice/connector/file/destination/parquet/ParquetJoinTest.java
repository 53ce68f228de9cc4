package dev.sluice.connector.file.destination.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Footers are read and written without losing anything, also what nobody here knows. */
class ParquetJoinTest {
    @TempDir
    Path directory;

    private static Thrift.Struct sample() {
        Map<Integer, Thrift.Value> fields = new TreeMap<>();
        fields.put(1, new Thrift.Scalar(Thrift.TRUE, 1));
        fields.put(2, new Thrift.Scalar(Thrift.FALSE, 0));
        fields.put(3, new Thrift.Scalar(Thrift.I16, -1));
        fields.put(4, new Thrift.Scalar(Thrift.I32, Integer.MIN_VALUE));
        fields.put(20, new Thrift.Scalar(Thrift.I64, Long.MIN_VALUE));
        fields.put(21, new Thrift.Scalar(Thrift.I64, Long.MAX_VALUE));
        fields.put(500, new Thrift.Scalar(Thrift.DOUBLE, Double.doubleToLongBits(-0.5)));
        fields.put(501, new Thrift.Scalar(Thrift.BYTE, 0x7F));
        fields.put(502, new Thrift.Bytes(new byte[200]));
        fields.put(503, new Thrift.Bytes(new byte[0]));
        List<Thrift.Value> many = Collections.nCopies(300, new Thrift.Scalar(Thrift.I32, 7));
        fields.put(504, new Thrift.Sequence(Thrift.LIST, Thrift.I32, many));
        fields.put(505, new Thrift.Sequence(Thrift.SET, Thrift.STRUCT, List.of(new Thrift.Struct(Map.of()))));
        fields.put(
                506,
                new Thrift.Sequence(
                        Thrift.LIST,
                        Thrift.TRUE,
                        List.of(new Thrift.Scalar(Thrift.TRUE, 1), new Thrift.Scalar(Thrift.TRUE, 0))));
        fields.put(
                507,
                new Thrift.Pairs(
                        Thrift.BINARY,
                        Thrift.I64,
                        List.of(new Thrift.Bytes(new byte[] {1}), new Thrift.Scalar(Thrift.I64, 5))));
        fields.put(508, new Thrift.Pairs(0, 0, List.of()));
        fields.put(509, new Thrift.Struct(Map.of(16, new Thrift.Struct(Map.of()))));
        return new Thrift.Struct(fields);
    }

    @Test
    void everyKindOfValueComesBack() {
        byte[] bytes = ThriftWriter.bytes(sample());
        Thrift.Struct read = new Thrift.Reader(bytes).struct();
        assertThat(read).isEqualTo(sample());
        assertThat(ThriftWriter.bytes(read)).isEqualTo(bytes);
    }

    @Test
    void bytesThatEndInTheMiddleAreRefused() {
        byte[] bytes = ThriftWriter.bytes(sample());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .as("cut at " + length)
                    .isThrownBy(() -> new Thrift.Reader(cut).struct());
        }
    }

    @Test
    void hostileBytesAreRefused() {
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) 0x1C); // a struct in a struct in a struct
        byte[] large = {0x19, (byte) 0xF5, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
        byte[] endless = new byte[40];
        Arrays.fill(endless, (byte) 0xFF);
        endless[0] = 0x16;
        for (byte[] bytes : List.of(deep, large, endless)) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new Thrift.Reader(bytes).struct());
        }
    }

    @Test
    void whatIsNoParquetFileIsToldSo() throws IOException {
        for (String text :
                List.of("", "PAR1", "PAR1PAR1PAR1", "PAR1\u0001\u0000\u0000\u0000PAR1", "not at all a file")) {
            Path file = Files.writeString(directory.resolve("x.parquet"), text);
            assertThatExceptionOfType(ProblemException.class)
                    .as(text)
                    .isThrownBy(() -> ParquetFooter.read(file))
                    .satisfies(refused -> {
                        assertThat(refused.problem().kind()).isEqualTo(ProblemKind.INTEGRITY);
                        assertThat(refused.problem().where()).isEqualTo(file.toString());
                    });
        }
    }

    private static Thrift.Struct column(long data, long dictionary) {
        Thrift.Struct pages = new Thrift.Struct(
                Map.of(9, new Thrift.Scalar(Thrift.I64, data), 11, new Thrift.Scalar(Thrift.I64, dictionary)));
        return new Thrift.Struct(Map.of(2, new Thrift.Scalar(Thrift.I64, 0), 3, pages));
    }

    private static ParquetFooter footer(long rows, long data, long dictionary) {
        Thrift.Struct group = new Thrift.Struct(Map.of(
                1,
                new Thrift.Sequence(Thrift.LIST, Thrift.STRUCT, List.of(column(data, dictionary))),
                3,
                new Thrift.Scalar(Thrift.I64, rows),
                7,
                new Thrift.Scalar(Thrift.I16, 0)));
        return new ParquetFooter(
                new Thrift.Struct(Map.of(
                        3,
                        new Thrift.Scalar(Thrift.I64, rows),
                        4,
                        new Thrift.Sequence(Thrift.LIST, Thrift.STRUCT, List.of(group)))),
                1000);
    }

    /** What has no place stays without one; the rest moves along. */
    @Test
    void theRowsOfTheSecondFileAreFoundWhereTheyStandNow() {
        ParquetFooter joined = footer(5, 100, 4).joined(footer(7, 50, 0), 996);
        assertThat(joined.rows()).isEqualTo(12);
        Thrift.Struct second = (Thrift.Struct) joined.metadata().list(4).get(1);
        assertThat(second.whole(7)).isEqualTo(1);
        assertThat(second.list(1)).containsExactly(column(1046, 0));
        assertThat(((Thrift.Struct) joined.metadata().list(4).getFirst()).list(1))
                .containsExactly(column(100, 4));
    }
}
