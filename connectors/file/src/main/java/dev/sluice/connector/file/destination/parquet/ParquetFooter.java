package dev.sluice.connector.file.destination.parquet;

import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The footer of a Parquet file: its columns, and where its groups of rows stand. The numbers of the fields are those of
 * {@code parquet.thrift}.
 *
 * @param metadata the footer itself
 * @param start where the footer begins in the file, which is where the rows end
 */
record ParquetFooter(Thrift.Struct metadata, long start) {
    /** What a file begins and ends with. */
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private static final int TRAILER_BYTES = 8;
    private static final int MAX_BYTES = 1 << 30;

    private static final int SCHEMA = 2;
    private static final int ROWS = 3;
    private static final int ROW_GROUPS = 4;

    private static final int GROUP_COLUMNS = 1;
    private static final int GROUP_OFFSET = 5;
    private static final int GROUP_ORDINAL = 7;

    private static final int COLUMN_OFFSET = 2;
    private static final int COLUMN_METADATA = 3;

    /** In a column: where its offset index and its column index stand. */
    private static final int[] COLUMN_INDEXES = {4, 6};

    /** In the metadata of a column: where its data, its index, its dictionary and its filter stand. */
    private static final int[] PAGES = {9, 10, 11, 14};

    /** The rows of a file, by its own footer (I7). */
    static long rows(Path file) {
        return read(file).rows();
    }

    /** Reads the footer of a file. */
    static ParquetFooter read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < MAGIC.length + TRAILER_BYTES) {
                throw damaged(file, "it has " + size + " bytes only");
            }
            ByteBuffer trailer = bytes(channel, size - TRAILER_BYTES, TRAILER_BYTES);
            int length = trailer.getInt();
            byte[] magic = new byte[MAGIC.length];
            trailer.get(magic);
            if (!Arrays.equals(magic, MAGIC)
                    || length < 0
                    || length > MAX_BYTES
                    || length > size - MAGIC.length - TRAILER_BYTES) {
                throw damaged(file, "it does not end as a Parquet file does");
            }
            long start = size - TRAILER_BYTES - length;
            byte[] footer = bytes(channel, start, length).array();
            return new ParquetFooter(new Thrift.Reader(footer).struct(), start);
        } catch (IOException failure) {
            throw Problems.reading(file.toString(), failure);
        } catch (IllegalArgumentException notThrift) {
            throw damaged(file, notThrift.getMessage());
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("the file became shorter");
            }
        }
        return bytes.flip();
    }

    private static ProblemException damaged(Path file, @Nullable String why) {
        return Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "a Parquet file that was written cannot be read")
                .at(file.toString())
                .because(why)
                .fix("run the sync again")
                .exception();
    }

    /** The rows that the file says it has. */
    long rows() {
        return metadata.whole(ROWS);
    }

    /** True if another file has the same columns, so that its rows can stand in one file with these. */
    boolean hasSameColumns(ParquetFooter other) {
        return metadata.list(SCHEMA).equals(other.metadata.list(SCHEMA));
    }

    /**
     * The footer of a file with the rows of this one and those of another.
     *
     * @param other the footer of the other file
     * @param shift how much further on the rows of the other one stand than they stood there
     */
    ParquetFooter joined(ParquetFooter other, long shift) {
        List<Thrift.Value> groups = new ArrayList<>(metadata.list(ROW_GROUPS));
        for (Thrift.Value group : other.metadata.list(ROW_GROUPS)) {
            groups.add(moved((Thrift.Struct) group, shift, groups.size()));
        }
        Thrift.Struct both = metadata.withList(ROW_GROUPS, groups).withWhole(ROWS, rows() + other.rows());
        return new ParquetFooter(both, start);
    }

    private static Thrift.Struct moved(Thrift.Struct group, long shift, int ordinal) {
        List<Thrift.Value> columns = new ArrayList<>();
        for (Thrift.Value column : group.list(GROUP_COLUMNS)) {
            Thrift.Struct moved = shifted((Thrift.Struct) column, shift, COLUMN_INDEXES);
            moved = shifted(moved, shift, COLUMN_OFFSET);
            if (moved.fields().get(COLUMN_METADATA) instanceof Thrift.Struct pages) {
                moved = moved.with(COLUMN_METADATA, shifted(pages, shift, PAGES));
            }
            columns.add(moved);
        }
        Thrift.Struct moved = shifted(group.withList(GROUP_COLUMNS, columns), shift, GROUP_OFFSET);
        // The ordinal is optional and has 16 bits.
        return ordinal <= Short.MAX_VALUE ? moved.withWhole(GROUP_ORDINAL, ordinal) : moved.without(GROUP_ORDINAL);
    }

    /** Places are counted from the beginning of the file; 0 stands for none. */
    private static Thrift.Struct shifted(Thrift.Struct struct, long shift, int... fields) {
        Thrift.Struct moved = struct;
        for (int field : fields) {
            long place = moved.whole(field);
            if (place > 0) {
                moved = moved.withWhole(field, place + shift);
            }
        }
        return moved;
    }

    /** The footer as it stands at the end of a file. */
    byte[] bytes() {
        byte[] footer = ThriftWriter.bytes(metadata);
        return ByteBuffer.allocate(footer.length + TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(footer)
                .putInt(footer.length)
                .put(MAGIC)
                .array();
    }
}
