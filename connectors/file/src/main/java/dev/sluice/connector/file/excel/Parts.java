package dev.sluice.connector.file.excel;

import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.connector.file.xml.XmlEvents;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The parts of a workbook, which is a zip archive. One thread uses it. */
final class Parts implements AutoCloseable {
    /** What any part may have, however little it was in the archive. */
    private static final long FREE_BYTES = 128L << 20;

    /** Sheets of one value a million times come to some hundred times their size. */
    private static final long MOST_RATIO = 500;

    private final ZipFile archive;
    private final String file;

    private Parts(ZipFile archive, String file) {
        this.archive = archive;
        this.file = file;
    }

    static Parts open(Path path, String file) throws IOException {
        try {
            return new Parts(new ZipFile(path.toFile()), file);
        } catch (ZipException broken) {
            throw new DamagedFileException("it is no whole zip archive, as workbooks are: " + broken.getMessage());
        }
    }

    /** True if there is such a part. */
    boolean has(String name) {
        return archive.getEntry(name) != null;
    }

    /**
     * Opens a part.
     *
     * @param mostBytes the most text between two events
     */
    XmlEvents open(String name, int mostBytes) throws IOException {
        @Nullable ZipEntry entry = archive.getEntry(name);
        if (entry == null) {
            throw new DamagedFileException("the workbook has no part " + name);
        }
        String where = file + " (" + name + ")";
        InputStream bytes = new Checked(archive.getInputStream(entry), entry, where);
        try {
            return new XmlEvents(bytes, false, mostBytes, where);
        } catch (IOException failure) {
            bytes.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    /** Makes sure of the checksum at the end, which the archive does not, and that little did not become very much. */
    private static final class Checked extends FilterInputStream {
        private final ZipEntry entry;
        private final String where;
        private final CRC32 checksum = new CRC32();
        private long bytes;

        Checked(InputStream in, ZipEntry entry, String where) {
            super(in);
            this.entry = entry;
            this.where = where;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count < 0) {
                if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
                    throw new DamagedFileException("the checksum of " + where + " is wrong");
                }
                return count;
            }
            checksum.update(target, offset, count);
            bytes += count;
            if (bytes > FREE_BYTES && bytes / MOST_RATIO > Math.max(1, entry.getCompressedSize())) {
                throw new DamagedFileException(entry.getCompressedSize() + " compressed bytes of " + where
                        + " became more than " + bytes + ", which no ordinary workbook does");
            }
            return count;
        }
    }
}
