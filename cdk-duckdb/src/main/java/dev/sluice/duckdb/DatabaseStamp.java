package dev.sluice.duckdb;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What a database file says of itself: which database it is, and in which state its content is.
 *
 * <p>Two equal stamps of one file mean equal content. Each checkpoint raises the iteration in the file's header, and
 * between two checkpoints the log beside the file only grows. The format is DuckDB's {@code MainHeader} and {@code
 * DatabaseHeader} (storage_info.hpp).
 *
 * @param identifier the random identifier that the database got when it was made, in hexadecimal digits; empty if a
 *     DuckDB before 1.4 made it, which gave none
 * @param iteration the number of checkpoints so far
 * @param logBytes the size of the write-ahead log; 0 if there is none
 */
public record DatabaseStamp(String identifier, long iteration, long logBytes) {
    private static final int HEADER_BYTES = 4096;
    private static final int CHECKSUM_BYTES = 8;
    private static final int MAGIC = 'D' | 'U' << 8 | 'C' << 16 | 'K' << 24;
    private static final int FLAGS_AT = CHECKSUM_BYTES + 4 + 8;
    private static final int IDENTIFIER_AT = FLAGS_AT + 4 * 8 + 32 + 32 + 8;
    private static final int IDENTIFIER_BYTES = 16;
    private static final long ENCRYPTED = 1;

    public DatabaseStamp {
        Objects.requireNonNull(identifier);
    }

    /**
     * Reads the stamp of a file that this process does not have open: closing the file would let go of the locks that
     * DuckDB holds on it.
     *
     * @return empty if there is no file, or nothing in it yet
     * @throws dev.sluice.spi.problem.ProblemException if it is not a DuckDB database, or an encrypted one
     */
    static Optional<DatabaseStamp> read(Path file) throws IOException {
        ByteBuffer headers = ByteBuffer.allocate(3 * HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (headers.hasRemaining() && channel.read(headers) >= 0) {
                // a read may stop early
            }
        }
        if (headers.position() == 0) {
            return Optional.empty();
        }
        if (headers.hasRemaining() || headers.getInt(CHECKSUM_BYTES) != MAGIC) {
            throw DuckDbProblems.exception("the file is not a valid DuckDB database file", file.toString());
        }
        if ((headers.getLong(FLAGS_AT) & ENCRYPTED) != 0) {
            throw Problem.of("E_DUCKDB_ENCRYPTED", ProblemKind.CONFIG, "the database is encrypted")
                    .at(file.toString())
                    .because("Sluice has no option for its key yet")
                    .fix("copy it into a database without encryption (COPY FROM DATABASE)")
                    .exception();
        }
        byte[] identifier = new byte[IDENTIFIER_BYTES];
        headers.get(IDENTIFIER_AT, identifier);
        long iteration = Math.max(
                headers.getLong(HEADER_BYTES + CHECKSUM_BYTES), headers.getLong(2 * HEADER_BYTES + CHECKSUM_BYTES));
        Path log = file.resolveSibling(file.getFileName() + ".wal");
        return Optional.of(new DatabaseStamp(digits(identifier), iteration, Files.exists(log) ? Files.size(log) : 0));
    }

    private static String digits(byte[] identifier) {
        for (byte part : identifier) {
            if (part != 0) {
                return HexFormat.of().formatHex(identifier);
            }
        }
        return "";
    }
}
