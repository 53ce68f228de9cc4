package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.wire.EventFeed;
import dev.sluice.connector.mysql.wire.MyWire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** The bytes that a MySQL server sends of its log, event by event, each with its checksum. */
final class EventBytes {
    static final String FILE = "binlog.000001";
    static final int SECONDS = 1_700_000_000;

    private static final int HEADER_BYTES = 19;
    private static final int CHECKSUM_BYTES = 4;

    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private int place = 4;
    private int sequence = 1;

    /** Begins with what stands before the first event of a file. */
    EventBytes() {
        packet(event(4, 0x20, 0, bytes(number(4, 8), text(FILE))));
        byte[] description =
                bytes(number(4, 2), new byte[50], number(SECONDS, 4), number(HEADER_BYTES, 1), new byte[40]);
        add(15, bytes(description, number(1, 1)));
    }

    static byte[] number(long value, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private byte[] event(int type, int flags, int end, byte[] body) {
        byte[] event = bytes(
                number(SECONDS, 4),
                number(type, 1),
                number(1, 4),
                number(HEADER_BYTES + body.length + CHECKSUM_BYTES, 4),
                number(end, 4),
                number(flags, 2),
                body);
        CRC32 checksum = new CRC32();
        checksum.update(event);
        return bytes(event, number(checksum.getValue(), CHECKSUM_BYTES));
    }

    /** Adds an event. */
    EventBytes add(int type, byte[]... body) {
        byte[] whole = bytes(body);
        place += HEADER_BYTES + whole.length + CHECKSUM_BYTES;
        packet(event(type, 0, place, whole));
        return this;
    }

    private void packet(byte[] event) {
        byte[] payload = bytes(new byte[1], event);
        packets.writeBytes(bytes(number(payload.length, 3), number(sequence++, 1), payload));
    }

    /** Where the log ends. */
    LogPlace end() {
        return new LogPlace(FILE, place);
    }

    /** Changes the byte at so far from the end. */
    EventBytes damaged(int fromEnd) {
        byte[] all = packets.toByteArray();
        all[all.length - fromEnd] ^= 1;
        packets.reset();
        packets.writeBytes(all);
        return this;
    }

    /** Reads all of it. */
    void fill(LogReading into) throws IOException {
        byte[] all = bytes(packets.toByteArray(), number(5, 3), number(sequence, 1), hex("fe 00 00 02 00"));
        MyWire wire = new MyWire(new ByteArrayInputStream(all), OutputStream.nullOutputStream());
        new LogFiller(new EventFeed(wire, false, FILE, EventFeed.FIRST_PLACE), into, FILE).run();
    }
}
