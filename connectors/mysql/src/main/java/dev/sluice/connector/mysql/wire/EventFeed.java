package dev.sluice.connector.mysql.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The events of a server's binary log, from a place to its present end, as a replica gets them (the server's
 * documentation, "Replication Protocol"). One thread uses it, and the connection is of no other use afterwards.
 *
 * <p>We ask under the number 0 and for what is there, as the server's own tool does: such a reader is not listed as a
 * replica, and does not push another one aside. The checksums that events of the log carry are checked as the bytes come.
 */
public final class EventFeed extends LogEvents {
    /** Where the first event of a file stands. */
    public static final long FIRST_PLACE = 4;

    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int NO_WAITING = 1;
    private static final int TEXTS_TOO = 2;
    private static final int CHECKSUM_BYTES = 4;
    private static final int ROTATE = 4;
    private static final int FORMAT_DESCRIPTION = 15;
    private static final int CRC32_CHECKSUMS = 1;
    private static final int MADE_UP_FLAG = 0x20;
    private static final int MOST_FORMAT_BYTES = 4 << 10;

    /** The server keeps back how it encrypts its files, and nothing else. */
    private static final int MOST_LEFT_OUT = 256;

    private final MyWire wire;
    private final CRC32 checksum = new CRC32();
    private boolean hasChecksums;
    private long end;

    /**
     * Begins.
     *
     * @param wire a connection that was told of our abilities by {@link #PREPARATIONS}
     * @param mariaDb true for MariaDB, which is asked for every event, lest places cannot be counted
     * @param file the name of the file of the log
     * @param place where to begin in it, which is where an event begins
     */
    public EventFeed(MyWire wire, boolean mariaDb, String file, long place) throws IOException {
        this.wire = wire;
        ByteArrayOutputStream arguments = new ByteArrayOutputStream();
        put(arguments, place, 4);
        put(arguments, mariaDb ? NO_WAITING | TEXTS_TOO : NO_WAITING, 2);
        put(arguments, 0, 4);
        arguments.writeBytes(file.getBytes(StandardCharsets.UTF_8));
        wire.command(COM_BINLOG_DUMP, arguments.toByteArray());
        end = place;
    }

    /** What the session is told before; not every server knows all of it, which does no harm. */
    public static final List<String> PREPARATIONS = List.of(
            "SET @master_binlog_checksum = @@global.binlog_checksum",
            "SET @source_binlog_checksum = @@global.binlog_checksum",
            "SET @mariadb_slave_capability = 4",
            "SET SESSION net_write_timeout = 86400");

    private static void put(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    @Override
    public boolean next() throws IOException {
        skip();
        if (!wire.nextEvent()) {
            return false;
        }
        checksum.reset();
        long size = begin();
        boolean isFormat = type() == FORMAT_DESCRIPTION;
        expect(size - HEADER_BYTES - (hasChecksums && !isFormat ? CHECKSUM_BYTES : 0));
        if (left() < 0) {
            throw new IOException("an event of the log is shorter than its checksum");
        }
        if (!isMadeUp()) {
            // The header has the lower half of the place; newer MariaDB has none inside of transactions.
            long told = header(13, 4);
            long step = told == 0 ? size : (told - end) & 0xFFFF_FFFFL;
            if (step < size - CHECKSUM_BYTES || step > size + MOST_LEFT_OUT) {
                throw new IOException("the log goes on " + step + " bytes behind " + end + ", in an event of " + size);
            }
            end += step;
        }
        return true;
    }

    /** Hears that the events that follow are of another file. */
    public void enter(long place) {
        end = place;
    }

    /** True if the event does not stand in the log but was made for this reader. */
    public boolean isMadeUp() {
        boolean isOfFile = type() == FORMAT_DESCRIPTION || type() == ROTATE;
        return (flags() & MADE_UP_FLAG) != 0 || (isOfFile && header(13, 4) == 0);
    }

    /** Where the event begins in its file. */
    public long start() {
        return isMadeUp() ? end : end - header(9, 4);
    }

    /** Where the event ends in its file, and the next one begins. */
    public long end() {
        return end;
    }

    /**
     * An event that names the next file, behind its header. Whether it carries a checksum cannot be told before the format of the
     * file is known, so it is looked for.
     */
    public byte[] rotation() throws IOException {
        byte[] bytes = rest(MOST_FORMAT_BYTES);
        boolean had = hasChecksums;
        verify();
        if (had || bytes.length <= CHECKSUM_BYTES) {
            return bytes;
        }
        CRC32 whole = new CRC32();
        whole.update(header());
        whole.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
        boolean carries = Lengths.behind(bytes, bytes.length - CHECKSUM_BYTES, CHECKSUM_BYTES) == whole.getValue();
        return carries ? Arrays.copyOf(bytes, bytes.length - CHECKSUM_BYTES) : bytes;
    }

    @Override
    public void verify() throws IOException {
        if (left() > 0 || wire.isConsumed()) {
            return;
        }
        byte[] stored = new byte[CHECKSUM_BYTES];
        wire.read(stored, 0, CHECKSUM_BYTES);
        if (Lengths.behind(stored, 0, CHECKSUM_BYTES) != checksum.getValue()) {
            throw new IOException("an event of the log does not agree with its checksum");
        }
    }

    /** Reads the description of the format that stands at the beginning of each file. */
    public void readFormat() throws IOException {
        byte[] description = rest(MOST_FORMAT_BYTES);
        if (left() > 0 || description.length < CHECKSUM_BYTES + 1) {
            throw new IOException(
                    "the description of the log's format has " + (left() + description.length) + " bytes");
        }
        // All servers that we read put the kind of the checksums in front of the description's own checksum.
        hasChecksums = description[description.length - CHECKSUM_BYTES - 1] == CRC32_CHECKSUMS;
    }

    private void skip() throws IOException {
        expect(0);
        wire.skipPayload();
    }

    @Override
    void take(byte[] target, int from, int length) throws IOException {
        wire.read(target, from, length);
        checksum.update(target, from, length);
    }
}
