package dev.sluice.connector.file.parquet;

import dev.sluice.connector.file.input.Problems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Looks at the first and the last bytes of a Parquet file, which say whether it is whole. */
final class Ending {
    private static final int MAGIC_BYTES = 4;
    private static final int SMALLEST_FILE = 12;

    /** Directories of files with many thousands of columns are some ten megabytes. */
    private static final long LARGEST_DIRECTORY = 512L << 20;

    private Ending() {}

    /**
     * Makes sure that a file begins and ends as Parquet files do, so that what is read of it later is a directory.
     *
     * @param name the file in messages
     */
    static void require(Path path, String name) {
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            if (size < SMALLEST_FILE) {
                throw ParquetProblems.damaged(name, "it has " + size + " bytes, too few for a Parquet file")
                        .exception();
            }
            requireBeginning(text(read(channel, 0, MAGIC_BYTES)), name);
            ByteBuffer last = read(channel, size - 8, 8).order(ByteOrder.LITTLE_ENDIAN);
            long directory = last.getInt() & 0xFFFF_FFFFL;
            requireEnd(text(last), name);
            if (directory > size - SMALLEST_FILE) {
                throw ParquetProblems.damaged(
                                name, "its directory is said to have " + directory + " bytes and the file has " + size)
                        .exception();
            }
            if (directory > LARGEST_DIRECTORY) {
                throw ParquetProblems.unsupported(
                                name,
                                "its directory has " + directory + " bytes; up to " + LARGEST_DIRECTORY + " are read")
                        .exception();
            }
        } catch (IOException failure) {
            throw Problems.reading(name, failure);
        }
    }

    private static void requireBeginning(String magic, String name) {
        requireNotEncrypted(magic, name);
        if (!magic.equals("PAR1")) {
            throw Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, "the file is no Parquet file")
                    .at(name)
                    .because("it does not begin with the letters PAR1")
                    .fix("give the right `format`; a Parquet file that was compressed as a whole has to be unpacked")
                    .exception();
        }
    }

    private static void requireEnd(String magic, String name) {
        requireNotEncrypted(magic, name);
        if (!magic.equals("PAR1")) {
            throw ParquetProblems.damaged(
                            name,
                            "it does not end with the letters PAR1, so its directory, which comes last, is missing")
                    .exception();
        }
    }

    private static void requireNotEncrypted(String magic, String name) {
        if (magic.equals("PARE")) {
            throw ParquetProblems.unsupported(name, "it is encrypted").exception();
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // goes on until the buffer is full or the file ends
        }
        return buffer.flip();
    }
}
